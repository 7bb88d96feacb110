import Testing
import ZoshKit

@testable import ZohoClient

@Suite struct `What user info says` {
    private func identity(_ body: String) throws -> AccountIdentity? { AccountIdentity(try JSONReader.value(of: body)) }

    @Test(arguments: ["org_id", "orgid", "organization_id", "organizationid", "ZGID"])
    func `names the organisation under any of its keys, as text or number`(key: String) throws {
        #expect(try identity(#"{"ZUID":12345678901234567,"Email":"a@b.example","\#(key)":60001}"#)?.orgID == "60001")
        #expect(try identity(#"{"ZUID":"1","\#(key)":"60001"}"#)?.orgID == "60001")
    }

    @Test(arguments: ["company_name", "companyname", "organization_name", "organizationname", "Company_Name"])
    func `names it in words under any of its keys`(key: String) throws {
        #expect(try identity(#"{"ZUID":"1","\#(key)":"Acme"}"#)?.orgName == "Acme")
    }

    @Test func `takes the first key that says something`() throws {
        let body = #"{"ZUID":"1","org_id":null,"organization_id":"","ZGID":"3","company_name":"","Company_Name":"C"}"#
        #expect(try identity(body)?.orgID == "3")
        #expect(try identity(body)?.orgName == "C")
        #expect(try identity(#"{"ZUID":"1","org_id":"2","ZGID":"3"}"#)?.orgID == "2")
    }

    @Test func `falls back to the person and to the domain`() throws {
        let alone = try #require(try identity(#"{"ZUID":777,"Email":"ada@acme.example"}"#))
        #expect(alone.orgID == "777" && alone.orgName == "acme.example")
        #expect(try identity(#"{"ZUID":"7"}"#)?.orgName == "organisation 7")
    }

    @Test(arguments: ["{}", "[]", "null", #"{"Email":"a@b.example"}"#, #"{"ZUID":""}"#])
    func `is nothing without a person`(body: String) throws {
        #expect(try identity(body) == nil)
    }
}

@Suite struct `Names for connections` {
    @Test(arguments: [
        ("Zylker Inc.", "zylker-inc"), ("Müller & Söhne GmbH", "muller-sohne-gmbh"), ("  ACME  ", "acme"),
        ("Straße", "strasse"),
        ("Łódź – Ørsted", "lodz-orsted"), ("a--b__c", "a-b-c"), ("株式会社", "fallback"), ("", "fallback"),
        ("\u{1B}[31mred", "31mred"),
        ("Cafe\u{301} 24", "cafe-24"),
    ])
    func `are short, plain and typed without quotes`(organization: String, name: String) {
        #expect(ConnectionName.suggested(for: organization, fallback: "Fallback", taken: []) == name)
    }

    @Test func `are never the same twice`() {
        #expect(ConnectionName.suggested(for: "Acme", taken: ["acme", "acme-2"]) == "acme-3")
        #expect(ConnectionName.suggested(for: "世界", taken: []) == "org")
        let long = ConnectionName.suggested(for: String(repeating: "very long ", count: 20), taken: [])
        #expect(long.count <= 32 && !long.hasSuffix("-"))
    }
}
