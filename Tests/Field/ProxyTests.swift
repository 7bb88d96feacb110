import Foundation
import Testing
import ZohoEmulator
import ZoshTesting

/// The way to Zoho through a company's proxy, by the variables that every other tool reads.
@Suite struct `A company proxy` {
    /// A program whose Zoho is at crm.example.com, which only the proxy can reach.
    private func with(
        _ manner: TunnelProxy.Manner = .open, certificate: String = "other-name",
        _ environment: (UInt16) -> [String: String],
        _ body: (Program, TunnelProxy) async throws -> Void
    ) async throws {
        let proxy = try TunnelProxy(manner)
        var program = try await Program {
            $0.certificate = Certificates.pair(certificate)
            $0.announcedHost = "crm.example.com"
        }
        program.environment["SSL_CERT_FILE"] = Certificates.authority
        program.environment.merge(environment(proxy.port)) { $1 }
        let result: Result<Void, any Error>
        do { result = .success(try await body(program, proxy)) } catch { result = .failure(error) }
        proxy.close()
        await program.close()
        try result.get()
    }

    @Test(arguments: ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"])
    func `is used in either case, for logins and for the API, and doctor names it`(variable: String) async throws {
        try await with {
            [variable: "http://127.0.0.1:\($0)"]
        } _: { program, proxy in
            let login = try await Certificates.login(program)
            #expect(login.status == 0, "\(login.errors)")
            let ending = try await program.run(["users", "count"])
            #expect(ending.output == "AllUsers\t12\n", "\(ending)")
            #expect(proxy.requests.count >= 3)
            #expect(proxy.requests.allSatisfy { $0.hasPrefix("CONNECT crm.example.com:") && $0.hasSuffix(" HTTP/1.1") })
            let doctor = try await program.run(["doctor"])
            #expect(
                doctor.output.contains("proxy\tok\trequests go through 127.0.0.1:\(proxy.port) (\(variable))"),
                "\(doctor.output)")
        }
    }

    @Test func `is given the login of its address, which is never shown`() async throws {
        let expected = "Basic " + Data("ann:p@ss word".utf8).base64EncodedString()
        try await with(.login(expected)) {
            ["HTTPS_PROXY": "ann:p%40ss%20word@127.0.0.1:\($0)"]
        } _: { program, _ in
            let ending = try await Certificates.login(program)
            #expect(ending.status == 0, "\(ending)")
            let doctor = try await program.run(["doctor"])
            #expect(!(doctor.output + doctor.errors).contains("ann"))
        }
    }

    @Test(arguments: [
        (TunnelProxy.Manner.login("Basic x"), "asks for a login (HTTP 407)"),
        (.refusing(403), "refuses to connect to this host"), (.refusing(503), "refuses to connect to this host"),
    ])
    func `that says no is named, and nothing was sent`(manner: TunnelProxy.Manner, what: String) async throws {
        try await with(manner) {
            ["HTTPS_PROXY": "http://127.0.0.1:\($0)"]
        } _: { program, proxy in
            let login = try await Certificates.login(program)
            #expect(login.status == 5)
            #expect(
                login.errors.contains(
                    "cannot reach crm.example.com: the proxy 127.0.0.1:\(proxy.port) (HTTPS_PROXY) \(what)"),
                "\(login.errors)")
            #expect(
                login.errors.contains("nothing was sent; ") && login.errors.contains("the grant code is not spent"),
                "\(login.errors)")
            #expect(proxy.requests.count == 1)
        }
    }

    /// What the variables hold, and what is said.
    @Test(arguments: [
        (["HTTPS_PROXY": "http://127.0.0.1:1"], "the proxy 127.0.0.1:1 (HTTPS_PROXY): connection refused"),
        (["HTTPS_PROXY": "ftp://127.0.0.1:1"], "HTTPS_PROXY names a proxy of the kind 'ftp', which zosh cannot use"),
        (["ALL_PROXY": "http://ann:secret@127.0.0.1:x"], "ALL_PROXY is not a proxy address: '127.0.0.1:x'"),
        // A password may hold any sign, and nothing of it is shown.
        (["HTTPS_PROXY": "http://ann:s/secret@127.0.0.1:x"], "HTTPS_PROXY is not a proxy address: '127.0.0.1:x'"),
        (["HTTPS_PROXY": "http://ann:s@secret/@127.0.0.1:1"], "the proxy 127.0.0.1:1 (HTTPS_PROXY)"),
        (["HTTPS_PROXY": " http://127.0.0.1:1 "], "the proxy 127.0.0.1:1 (HTTPS_PROXY): connection refused"),
        (["HTTPS_PROXY": "http://"], "HTTPS_PROXY is not a proxy address: ''"),
    ])
    func `that cannot be reached or read is named`(variables: [String: String], what: String) async throws {
        try await with { _ in
            variables
        } _: { program, _ in
            let login = try await Certificates.login(program)
            #expect(login.errors.contains(what), "\(login.errors)")
            #expect(!login.errors.contains("secret"))
        }
    }

    @Test(arguments: [
        ("expired", "its certificate has expired", ""), ("future", "its certificate is not valid yet", ""),
        ("expired", "its certificate has expired", "ann:pass@"),
    ])
    func `leads to a server whose certificate is out of date: that is said, not only that it is not trusted`(
        certificate: String, reason: String, login: String
    ) async throws {
        let header = "Basic " + Data("ann:pass".utf8).base64EncodedString()
        try await with(login.isEmpty ? .open : .login(header), certificate: certificate) {
            ["HTTPS_PROXY": "http://\(login)127.0.0.1:\($0)"]
        } _: { program, proxy in
            let ending = try await Certificates.login(program)
            #expect(ending.errors.contains("cannot reach crm.example.com: \(reason)"), "\(ending.errors)")
            #expect(proxy.requests.allSatisfy { $0.hasPrefix("CONNECT crm.example.com:") }, "\(proxy.requests)")
        }
    }

    @Test func `leads to a server that nobody vouches for: not trusted, whatever its dates`() async throws {
        try await with {
            ["HTTPS_PROXY": "http://127.0.0.1:\($0)", "SSL_CERT_FILE": ""]
        } _: { program, _ in
            let ending = try await Certificates.login(program)
            #expect(
                ending.errors.contains("cannot reach crm.example.com: its certificate is not trusted"),
                "\(ending.errors)")
        }
    }

    @Test(arguments: ["NO_PROXY", "no_proxy"])
    func `is passed by for the hosts that need none, and for this machine`(variable: String) async throws {
        try await with {
            ["HTTPS_PROXY": "http://127.0.0.1:\($0)", variable: "intranet, .EXAMPLE.com"]
        } _: { program, proxy in
            // Nobody can reach crm.example.com without the proxy.
            let login = try await Certificates.login(program)
            #expect(login.errors.contains("cannot reach crm.example.com: "), "\(login.errors)")
            #expect(proxy.requests.isEmpty)
        }
        let proxy = try TunnelProxy(.refusing(403))
        defer { proxy.close() }
        var program = try await Program()
        for name in ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"] {
            program.environment[name] = "http://127.0.0.1:\(proxy.port)"
        }
        let ending = try await Certificates.login(program)
        #expect(ending.status == 0, "\(ending)")
        #expect(proxy.requests.isEmpty)
        await program.close()
    }

    @Test(arguments: [
        ["auth", "login", "other", "--self-client"], ["users", "count"], ["auth", "refresh"],
        ["users", "update", "tess.formula.1@zylker.example", "city=Bern", "--yes"],
    ])
    func `that is silent: an interrupt is answered at once, and nothing was sent`(words: [String]) async throws {
        var program = try await Program {
            $0.certificate = Certificates.pair("other-name")
            $0.announcedHost = "crm.example.com"
        }
        let open = try TunnelProxy()
        program.environment["SSL_CERT_FILE"] = Certificates.authority
        program.environment["HTTPS_PROXY"] = "http://127.0.0.1:\(open.port)"
        let login = try await Certificates.login(program)
        try #require(login.status == 0, "\(login)")
        open.close()
        let silent = try TunnelProxy(.silent)
        program.environment["HTTPS_PROXY"] = "http://127.0.0.1:\(silent.port)"
        var ending: ChildProcess.Ending
        var attempts = 0
        repeat {
            let asked = silent.requests.count
            let child = try program.start(words, input: await program.emulator.issueGrantCode() + "\n")
            try await Patience.wait { silent.requests.count > asked }
            child.signal(SIGINT)
            ending = await Program.ending(of: child)
            attempts += 1
            // On a machine that is busy for ten seconds zosh gives the proxy up before the interrupt comes.
        } while ending.status == 5 && attempts < 5
        #expect(ending.status == 130, "\(ending)")
        #expect(ending.errors.contains("interrupted") && !ending.errors.contains("may or may not"), "\(ending.errors)")
        #expect(program.emulator.requestCount(.updateUser) == 0)
        silent.close()
        await program.close()
    }

    @Test func `is never taken from a file that lies in the folder`() async throws {
        try await with { _ in
            [:]
        } _: { program, proxy in
            try "HTTPS_PROXY=http://127.0.0.1:\(proxy.port)\n".write(
                to: program.home.appending(path: ".env"), atomically: true, encoding: .utf8)
            _ = try await Certificates.login(program)
            #expect(proxy.requests.isEmpty)
        }
    }
}
