import Foundation
import Testing
import ZoshKit
import ZoshTesting

/// Bytes that are not UTF-8 are refused with their place; U+FFFD is never put where they were.
@Suite("Bytes that are not text")
struct NotTextTests {
    private func run(_ script: String) async throws -> Program.Ending {
        let child = try ChildProcess(
            "/bin/sh", ["-c", "Z=\"$0 --demo --demo-users 3\"; " + script, BuiltProduct.path("zosh")],
            environment: ["PATH": "/usr/bin:/bin", "HOME": "/", "LC_ALL": "C.UTF-8"],
            folder: FileManager.default.temporaryDirectory.path)
        return await Program.ending(of: child)
    }

    @Test(
        "In every way in",
        arguments: [
            ("$Z users list \"$(printf 'M\\374ller')\"", "argument 6 is not UTF-8 text (byte 2)"),
            ("$Z -c \"$(printf 'users find M\\374ller')\"", "argument 5 is not UTF-8 text (byte 13)"),
            ("$Z -f \"$(printf 'caf\\351.zosh')\"", "argument 5 is not UTF-8 text (byte 4)"),
            (
                "printf 'version\\nusers find M\\374ller\\nversion\\n' | $Z",
                "standard input:2: this line is not UTF-8 text (byte 13)"
            ),
            ("printf '\\377' | $Z", "standard input:1: this line is not UTF-8 text (byte 1)"),
            (
                "f=$(mktemp -u).zosh; printf 'version\\nusers find \\303\\n' > $f; $Z $f; s=$?; rm $f; exit $s",
                ".zosh:2 is not UTF-8 text (byte 12)"
            ),
            (
                "ZOSH_CONNECTION=$(printf 'caf\\351') $Z version",
                "the variable ZOSH_CONNECTION is not UTF-8 text (byte 4)"
            ),
            (
                "printf 'u\\0s\\0e\\0r\\0s\\0 \\0m\\0e\\0\\n\\0' | $Z",
                "standard input:1: this line is not UTF-8 text\n  hint: convert it: iconv -f UTF-16LE -t UTF-8 OLD"
            ),
            ("printf '\\0u\\0s\\0e\\0r\\0s\\0 \\0m\\0e\\0\\n' | $Z", "iconv -f UTF-16BE -t UTF-8 OLD > NEW"),
            ("printf '\\377\\376v\\0\\n\\0' | $Z", "iconv -f UTF-16 -t UTF-8 OLD > NEW"),
            ("printf '\\377\\376\\0\\0v\\0\\0\\0' | $Z", "iconv -f UTF-32 -t UTF-8 OLD > NEW"),
            ("printf '\\0\\0\\376\\377\\0\\0\\0v' | $Z", "iconv -f UTF-32 -t UTF-8 OLD > NEW"),
            (
                "f=$(mktemp -u).zosh; printf 'v\\0e\\0r\\0s\\0' > $f; $Z $f; s=$?; rm $f; [ $s = 1 ] && exit 2",
                "iconv -f UTF-16LE -t UTF-8 OLD > NEW"
            ),
            ("HOME=$(printf '/caf\\351') $Z version", "the variable HOME is not UTF-8 text (byte 5)"),
        ])
    func refused(script: String, problem: String) async throws {
        let ending = try await run(script)
        #expect(ending.status == 2, "\(ending)")
        #expect(ending.errors.contains(problem), "\(ending)")
        #expect(!ending.errors.contains("\u{FFFD}"))
    }

    @Test("Every character that is text goes through, U+FFFD too")
    func accepted() async throws {
        let ending = try await run("$Z -c \"!printf '%s' 'Müller 👩‍👩‍👧 \u{FFFD}'\"")
        #expect(ending == .init(output: "Müller 👩‍👩‍👧 \u{FFFD}\n", errors: "", status: 0))
    }

    @Test("Other programs get their environment byte by byte")
    func environment() async throws {
        let ending = try await run("ODD=$(printf 'caf\\351') $Z -c \"!sh -c 'printf %s \\\"\\$ODD\\\" | od -An -tx1'\"")
        #expect(ending.output.contains("63 61 66 e9"), "\(ending)")
    }

    @Test(
        "The place is that of the first byte that belongs to no character",
        arguments: [
            ([], nil), ([0x41], nil), ([0xC3, 0xBC], nil), ([0x41, 0xC3], 2), ([0xC3, 0xBC, 0xFF], 3),
            ([0xED, 0xA0, 0x80], 1),
            ([0xF0, 0x9F, 0x98, 0x80, 0x80], 5),
        ] as [([UInt8], Int?)])
    func place(bytes: [UInt8], place: Int?) {
        #expect(NotText.place(in: bytes) == place)
    }
}
