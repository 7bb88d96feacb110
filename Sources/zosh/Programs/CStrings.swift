import Glibc

/// Texts as a C function wants a list of them, which ends with a null pointer.
func withCStrings<R>(_ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> R) -> R {
    var pointers: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) } + [nil]
    defer { pointers.forEach { free($0) } }
    // An empty array is impossible here: the last pointer is always there.
    return pointers.withUnsafeMutableBufferPointer { $0.baseAddress.map(body) }!
}
