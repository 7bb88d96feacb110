"""Lists users by Zoho's official Python SDK 8, as its documentation shows it, and prints a line for each.

Usage: sdk_reader.py ADDRESS ACCESS-TOKEN PAGES, in an environment where `zohocrmsdk8-0` is installed.
"""
import os, sys, tempfile
from zohocrmsdk.src.com.zoho.api.authenticator import OAuthToken
from zohocrmsdk.src.com.zoho.crm.api import HeaderMap, Initializer, ParameterMap
from zohocrmsdk.src.com.zoho.crm.api.dc import DataCenter
from zohocrmsdk.src.com.zoho.crm.api.users import GetUsersParam, UsersOperations


def main():
    address, token, pages = sys.argv[1], sys.argv[2], int(sys.argv[3])
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        Initializer.initialize(
            environment=DataCenter.Environment(address, address, address),
            token=OAuthToken(access_token=token, find_user=False), resource_path=folder)
        for page in range(1, pages + 1):
            wanted = ParameterMap()
            wanted.add(GetUsersParam.type, "AllUsers")
            wanted.add(GetUsersParam.page, page)
            wanted.add(GetUsersParam.per_page, 200)
            for user in UsersOperations().get_users(wanted, HeaderMap()).get_object().get_users():
                print(user.get_id(), user.get_email())
        os.chdir("/")


main()
