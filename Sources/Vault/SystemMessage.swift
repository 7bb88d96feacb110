internal import Glibc

/// The system's own words for an error number, as they stand inside a sentence.
func systemMessage(_ code: Int32) -> String {
    String(cString: strerror(code)).lowercased()
}
