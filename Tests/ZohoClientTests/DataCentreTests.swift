import Testing
import ZoshKit

@testable import ZohoClient

@Suite struct `Data centres` {
    private let table = DataCentreTable()

    @Test(arguments: [
        ("com", "us"), ("us", "us"), ("US", "us"), ("eu", "eu"), ("in", "in"), ("com.au", "au"), ("au", "au"),
        ("jp", "jp"),
        ("ca", "ca"), ("sa", "sa"), ("com.cn", "cn"), ("cn", "cn"),
    ])
    func `answer to Zoho's codes and to its spellings`(name: String, code: String) throws {
        #expect(try table.dataCentre(named: name).code == code)
    }

    @Test func `default to the US, or to one's own`() throws {
        #expect(try table.dataCentre(named: nil).code == "us")
        let own = try DataCentreTable.ownDataCentre(accounts: "http://127.0.0.1:81/", api: "http://127.0.0.1:82")
        #expect(own.accounts == "http://127.0.0.1:81")
        #expect(try DataCentreTable(own: own).dataCentre(named: nil) == own)
        #expect(try DataCentreTable(own: own).dataCentre(named: "eu").code == "eu")
    }

    @Test func `can be added, and win over a documented one of their code`() throws {
        let uk = DataCentre(code: "uk", accounts: "https://accounts.zoho.uk", api: "https://www.zohoapis.uk")
        let eu = DataCentre(code: "eu", accounts: "http://127.0.0.1:1", api: "http://127.0.0.1:2")
        let table = DataCentreTable(added: [uk, eu])
        #expect(try table.dataCentre(named: "uk") == uk)
        #expect(try table.dataCentre(named: "eu") == eu)
        #expect(table.dataCentre(ofAPIDomain: "https://www.zohoapis.eu") == nil)
    }

    @Test func `that do not exist are named beside those that do`() throws {
        let error = try #require(throws: ZoshError.self) { try table.dataCentre(named: "uk") }
        #expect(error.kind == .usage)
        #expect(error.remedy?.contains("us, eu, in, au, jp, ca, sa, cn") == true)
    }

    @Test(arguments: [
        ("https://www.zohoapis.eu", "eu"), ("https://www.zohoapis.eu/", "eu"), ("HTTPS://WWW.ZOHOAPIS.EU", "eu"),
        ("https://sandbox.zohoapis.com.au", "au"), ("https://developer.zohoapis.in", "in"),
        ("https://www.zohoapis.eu:443", "eu"),
    ])
    func `are found by the address of their API`(domain: String, code: String) {
        #expect(table.dataCentre(ofAPIDomain: domain)?.code == code)
    }

    @Test(arguments: [
        "https://zohoapis.eu", "http://www.zohoapis.eu", "https://www.zohoapis.eu:8443",
        "https://www.zohoapis.eu.evil.example",
        "https://evil.zohoapis.eu", "https://www.zohoapis.eu@evil.example", "https://www.zohoapis.eu/../x",
        "https://www.zohoapis.eu?x",
        "https://www.zohoapis.eu#x", "https://www.zohоapis.eu", "https://www.zohoapis.eu.", "www.zohoapis.eu", "",
        "https://",
        "https://[::1", "https://www.zohoapis.eu:", "https://www.zohoapis.eu:0x1bb", "ftp://www.zohoapis.eu",
    ])
    func `are not found by an address that only looks like it`(domain: String) {
        #expect(table.dataCentre(ofAPIDomain: domain) == nil)
        #expect(
            table.dataCentre(ofAccounts: domain.split(separator: "www.zohoapis").joined(separator: "accounts.zoho"))
                == nil)
    }

    @Test func `are found by their accounts server, Canada's too`() {
        #expect(table.dataCentre(ofAccounts: "https://accounts.zohocloud.ca")?.code == "ca")
        #expect(table.dataCentre(ofAccounts: "https://accounts.zoho.ca") == nil)
    }

    @Test(arguments: [
        "http://accounts.example", "http://10.0.0.1", "http://localhost.evil.example", "http://127.0.0.1.evil.example",
        "nonsense", "",
        "http://127.0.0.256", "https://a b", "https://host/path",
    ])
    func `of one's own need https beyond this machine`(address: String) {
        #expect(throws: ZoshError.self) {
            try DataCentreTable.ownDataCentre(accounts: address, api: "https://api.example")
        }
        #expect(throws: ZoshError.self) {
            try DataCentreTable.ownDataCentre(accounts: "https://accounts.example", api: address)
        }
    }

    @Test(arguments: [
        "https://ann:secret@accounts.example", "https://ann:se/secret@host/path", "ann:secret@localhost:1",
    ])
    func `of one's own that hold a password are refused without a word of it`(address: String) throws {
        let error = #expect(throws: ZoshError.self) {
            try DataCentreTable.ownDataCentre(accounts: address, api: "https://api.example")
        }
        #expect(error.map { "\($0)".contains("secret") } == false)
    }

    @Test(arguments: [
        "http://127.0.0.1:8080", "http://127.9.9.9", "http://localhost:1", "http://[::1]:9",
        "https://zoho.example:8443",
    ])
    func `of one's own may be here or anywhere with https`(address: String) throws {
        #expect(try DataCentreTable.ownDataCentre(accounts: address, api: address).accounts == address)
    }
}
