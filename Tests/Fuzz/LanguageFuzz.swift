import Foundation
import Glibc

/// Built with `--sanitize fuzzer -D LIBFUZZER` this is a libFuzzer target, whose `main` is libFuzzer's own; built
/// plainly it reads the files it is given, to look at what a campaign found.
#if !LIBFUZZER
    @main
#endif
enum LanguageFuzz {
    static let reading: Reading? = try? Reading()

    static func check(_ text: String) {
        let offence = reading.map { $0.offence(in: text) } ?? "the registry cannot be made"
        guard let offence else { return }
        // Unbuffered, since nothing is after it.
        let line = "\(offence)\nin \(text.debugDescription)\n"
        _ = line.withCString { write(2, $0, strlen($0)) }
        abort()
    }

    static func main() {
        for path in CommandLine.arguments.dropFirst() {
            guard let data = FileManager.default.contents(atPath: path) else { continue }
            check(String(decoding: data, as: UTF8.self))
            print("\(path): nothing wrong")
        }
    }
}

#if LIBFUZZER
    @_cdecl("LLVMFuzzerTestOneInput")
    public func readInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
        LanguageFuzz.check(String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self))
        return 0
    }
#endif
