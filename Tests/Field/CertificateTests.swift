import Foundation
import Testing
import ZohoEmulator
import ZoshTesting

/// A server whose certificate a private authority signed, and the ways in which that goes wrong.
@Suite struct `A private authority` {
    private func with(
        _ certificate: String, _ environment: [String: String], old: Bool = false,
        _ body: (Program) async throws -> Void
    ) async throws {
        var program = try await Program {
            $0.certificate = Certificates.pair(certificate)
            $0.speaksOldTLSOnly = old
        }
        program.environment.merge(environment) { $1 }
        do { try await body(program) } catch {
            await program.close()
            throw error
        }
        await program.close()
    }

    @Test(arguments: [
        ["SSL_CERT_FILE": Certificates.authority], ["SSL_CERT_DIR": Certificates.folder],
        ["SSL_CERT_FILE": Certificates.authority, "SSL_CERT_DIR": "/nonexistent"],
        ["SSL_CERT_FILE": Certificates.authority, "SSL_CERT_DIR": "/etc/ssl/certs"],
        ["SSL_CERT_FILE": "/etc/ssl/certs/ca-certificates.crt", "SSL_CERT_DIR": Certificates.folder],
        ["SSL_CERT_FILE": "", "SSL_CERT_DIR": "/nonexistent:" + Certificates.folder],
    ])
    func `is trusted when the environment names it, for logins, reads and writes`(environment: [String: String])
        async throws
    {
        try await with("server", environment) { program in
            let login = try await Certificates.login(program)
            #expect(login.status == 0, "\(login.errors)")
            let id = await program.emulator.userID(3)
            let written = try await program.run(["users", "update", id, "city=Pune", "--yes"])
            #expect(written.status == 0, "\(written.errors)")
            let read = try await program.run(["-c", "users lookup \(id) | select city"])
            #expect(read.output == "Pune\n")
            let doctor = try await program.run(["doctor"])
            #expect(doctor.output.contains("certificates\tok\t"))
        }
    }

    /// libcurl and OpenSSL would look at all of these.
    @Test func `is all that the environment and the home have to say about a connection`() async throws {
        try await with("server", ["SSL_CERT_FILE": Certificates.authority]) { program in
            var program = program
            let keys = program.home.appending(path: "keys").path
            let settings = program.home.appending(path: "openssl.cnf")
            try """
            openssl_conf = init
            [init]
            ssl_conf = ssl
            [ssl]
            system_default = old
            [old]
            MaxProtocol = TLSv1
            """.write(to: settings, atomically: true, encoding: .utf8)
            let netrc = program.home.appending(path: ".netrc")
            try "default login ann password secret\n".write(to: netrc, atomically: true, encoding: .utf8)
            program.environment.merge([
                "SSLKEYLOGFILE": keys, "OPENSSL_CONF": settings.path, "HOME": program.home.path, "NETRC": netrc.path,
                "CURL_CA_BUNDLE": "/nonexistent", "CURL_HOME": program.home.path,
            ]) { $1 }
            let login = try await Certificates.login(program)
            #expect(login.status == 0, "\(login.errors)")
            #expect(!FileManager.default.fileExists(atPath: keys))
        }
    }

    /// The certificate, what the environment names, whether only old TLS is spoken, and what is said.
    @Test(
        arguments: [
            ("server", [:], false, "its certificate is not trusted"),
            ("expired", ["SSL_CERT_FILE": Certificates.authority], false, "its certificate has expired"),
            ("future", ["SSL_CERT_FILE": Certificates.authority], false, "its certificate is not valid yet"),
            (
                "other-name", ["SSL_CERT_FILE": Certificates.authority], false,
                "its certificate is for another host name"
            ),
            (
                "server", ["SSL_CERT_FILE": Certificates.authority], true,
                "it speaks no TLS newer than 1.1, which is not safe"
            ),
            (
                "server", ["SSL_CERT_FILE": "/nonexistent"], false,
                "SSL_CERT_FILE does not name a file of certificates in PEM form: /nonexistent"
            ),
            (
                "server", ["SSL_CERT_FILE": Certificates.pair("server").key], false,
                "SSL_CERT_FILE does not name a file of certificates"
            ),
            ("server", ["SSL_CERT_DIR": "/nonexistent"], false, "SSL_CERT_DIR does not name a folder of certificates"),
        ] as [(String, [String: String], Bool, String)])
    func `that fails says how, and that nothing was sent; the grant code stays good`(
        certificate: String, environment: [String: String], old: Bool, reason: String
    ) async throws {
        try await with(certificate, environment, old: old) { program in
            let login = try await Certificates.login(program)
            #expect(login.status == 5)
            #expect(login.errors.contains("cannot reach localhost: \(reason)"), "\(login.errors)")
            #expect(login.errors.contains("nothing was sent; "), "\(login.errors)")
            #expect(
                login.errors.contains("the grant code is not spent") && !login.errors.contains("NIOSSL"),
                "\(login.errors)")
            #expect(program.emulator.requestCount() == 0)
        }
    }

    @Test func `that is asked for in plain HTTP is named, and the grant code stays good`() async throws {
        try await with("server", ["SSL_CERT_FILE": Certificates.authority], old: false) { program in
            var plain = program
            for name in ["ZOSH_ACCOUNTS_URL", "ZOSH_API_URL"] {
                plain.environment[name] = program.environment[name]?
                    .replacing("https://localhost", with: "http://127.0.0.1")
            }
            let login = try await Certificates.login(plain)
            #expect(login.status == 2)
            #expect(login.errors.contains(" requires HTTPS"), "\(login.errors)")
            #expect(login.errors.contains("the grant code is not spent"), "\(login.errors)")
            #expect(program.emulator.requestCount() == 0)
            #expect(try await Certificates.login(program).status == 0)
        }
    }
}

/// A machine that was set up otherwise than Debian does.
@Suite(.enabled(if: OwnMounts.arePermitted, OwnMounts.reason)) struct `A machine of another kind` {
    /// A shell command that makes it so, and how a login at a private authority's server ends.
    @Test(
        arguments: [
            // A container that was given the file of its company, and kept the folder of its image.
            ("mount --bind \(Certificates.authority) /etc/ssl/certs/ca-certificates.crt", 0, "stored as 'acme'"),
            // The file only.
            (
                "mount -t tmpfs none /etc/ssl/certs && cp \(Certificates.authority) /etc/ssl/certs/ca-certificates.crt",
                0, "stored as 'acme'"
            ),
            (
                "mount -t tmpfs none /etc/ssl/certs", 5,
                "cannot reach localhost: this machine has no authorities to check certificates with"
            ),
            (
                "for library in /usr/lib/*/libcurl.so.4; do mount --bind /dev/null $library; done", 5,
                "cannot reach localhost: libcurl cannot be loaded"
            ),
        ] as [(String, Int32, String)])
    func `is served or told what it lacks`(preparation: String, status: Int32, what: String) async throws {
        let program = try await Program { $0.certificate = Certificates.pair("server") }
        let login = try await OwnMounts.run(
            program, ["auth", "login", "acme", "--self-client"], after: preparation,
            input: program.emulator.announcement.grant_code + "\n")
        #expect(login.status == status && (login.output + login.errors).contains(what), "\(login)")
        if status != 0 { #expect(login.errors.contains("nothing was sent; "), "\(login.errors)") }
        await program.close()
    }
}
