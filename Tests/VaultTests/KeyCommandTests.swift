internal import Glibc
internal import Testing
internal import ZoshTrust

@testable internal import Vault

@Suite struct KeyCommandTests {
    @Test(
        arguments: [
            ("echo hunter2", "hunter2"), ("printf 'two words'", "two words"), ("echo; true", nil), ("true", nil),
            ("printf 'a\\nb\\n'", nil), ("echo x; exit 3", nil), ("kill -TERM $$", nil),
            ("head -c 5000 /dev/zero", nil),
            ("no-such-program-anywhere", nil),
        ] as [(String, String?)])
    func `a command must print one line and exit 0`(command: String, passphrase: String?) throws {
        if let passphrase {
            #expect(try KeyCommand(command: command).passphrase().text == passphrase)
        } else {
            let error = #expect(throws: VaultError.self) { try KeyCommand(command: command).passphrase() }
            guard case .keyCommand = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }

    @Test func `a command that never ends is ended, with its children`() {
        #expect(throws: VaultError.keyCommand("printed nothing for 0 seconds")) {
            try KeyCommand(command: "cat /dev/zero >/dev/null & wait", timeout: .milliseconds(100)).passphrase()
        }
    }

    @Test func `it sees none of our keys and tokens, and the rest of the environment`() async {
        await #expect(processExitsWith: .success) {
            setenv("ZOHO_CLIENT_SECRET", "hunter2", 1)
            setenv("ZOSH_KEY_FILE", "hunter2", 1)
            setenv("PASSWORD_STORE_DIR", "kept", 1)
            let seen = try KeyCommand(command: "env | grep -c hunter2; true").passphrase().text
            #expect(seen == "0")
            #expect(try KeyCommand(command: "echo $PASSWORD_STORE_DIR").passphrase().text == "kept")
        }
    }

    @Test func `it runs in its own session`() throws {
        // Field 6 of stat is the session, field 4 the parent: the helper, which leads it.
        let seen = try KeyCommand(command: "cut -d' ' -f4,6 /proc/$$/stat").passphrase().text.split(separator: " ")
        #expect(seen.count == 2)
        #expect(seen.first == seen.last)
        #expect(seen.last.map { Int32($0) } != getsid(0))
    }

    @Test func `it holds none of our files`() throws {
        let place = try Place()
        let held = try #require(try FileLock.tryAcquire(at: place.path + "/lock"))
        #expect(try KeyCommand(command: "ls /proc/self/fd | wc -l").passphrase().text == "4", "0, 1, 2 and the listing")
        held.release()
    }

    @Test func `what it prints opens a store, and so does typing it`() async throws {
        let place = try Place()
        let store = SealedStore(at: place.store)
        try await store.create(with: .command("echo correct horse"), scrypt: .least)
        #expect(try await store.status()?.slots.map(\.kind) == [.command])
        let other = SealedStore(at: place.store)
        try await other.unlock(with: .passphrase(Secret(copying: "correct horse")))
    }
}
