import Testing
import ZoshKit

struct ScopeTests {
    @Test(arguments: [
        ("ZohoCRM.users.READ", "ZohoCRM.users.READ", true), ("ZohoCRM.users.ALL", "ZohoCRM.users.READ", true),
        ("zohocrm.Users.all", "ZohoCRM.users.UPDATE", true), ("ZohoCRM.users.READ", "ZohoCRM.users.UPDATE", false),
        ("ZohoCRM.settings.ALL", "ZohoCRM.settings.roles.READ", true),
        ("ZohoCRM.settings.READ", "ZohoCRM.settings.roles.READ", true),
        ("ZohoCRM.settings.roles.READ", "ZohoCRM.settings.READ", false),
        ("ZohoCRM.users.ALL", "ZohoCRM.org.READ", false),
        ("ZohoCRM.settings.READ", "ZohoCRM.settings.roles.CREATE", false),
        ("ZohoCRM.users.READ", "ZohoCRM.users.ALL", false),
    ])
    func `a scope covers what Zoho lets it do`(held: String, needed: String, covers: Bool) {
        #expect(Scope(held).covers(Scope(needed)) == covers)
    }

    @Test func `missing scopes are named as they were asked for`() {
        let held: [Scope] = ["ZohoCRM.users.ALL"]
        #expect(held.missing(from: ["ZohoCRM.users.READ", "ZohoCRM.org.READ"]).map(\.name) == ["ZohoCRM.org.READ"])
    }
}

struct DataCentreTests {
    @Test(arguments: [
        ("com", "us"), ("us", "us"), ("EU", "eu"), ("in", "in"), ("com.au", "au"), ("au", "au"), ("jp", "jp"),
        ("ca", "ca"),
        ("sa", "sa"), ("com.cn", "cn"), ("cn", "cn"),
    ])
    func `a data centre is found by its code and by its suffix`(name: String, code: String) {
        #expect(DataCentre.named(name)?.code == code)
    }

    @Test(arguments: ["", "zoho", "com.eu", "uk"])
    func `an unknown name is no data centre`(name: String) {
        #expect(DataCentre.named(name) == nil)
    }

    @Test(arguments: [
        ("https://www.zohoapis.eu", ZohoEnvironment.production), ("https://sandbox.zohoapis.eu", .sandbox),
        ("https://developer.zohoapis.com", .developer), ("", .production),
        ("https://www.zohoapis.eu/sandbox.x", .production),
    ])
    func `the environment is read off the API host`(domain: String, environment: ZohoEnvironment) {
        #expect(ZohoEnvironment(apiDomain: domain) == environment)
    }
}
