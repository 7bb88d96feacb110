internal import FoundationEssentials

/// A chain of lines that can be checked without any key: each line names the hash of the line before it and ends with
/// its own, so that a copy outside the store can be checked with the tools of any machine.
///
/// A line is `{"number":N,FIELDS,"previous":"HASH","hash":"HASH"}`. Its hash is the SHA-256 of all of it that stands
/// before `,"hash":`; the first line has the number 1 and names 64 zeros.
///
/// A plain chain proves nothing by itself: a process that may write all of it can make another. It is kept sealed, and
/// its head can be noted elsewhere.
public enum PlainChain {
    /// What the first line names as the one before it.
    public static let start = String(repeating: "0", count: 64)

    /// Where a chain ends.
    public struct End: Sendable, Equatable {
        public let count: Int64
        /// The hash of the last line.
        public let head: String
    }

    /// A line that is not where or what it was.
    public struct Fault: Error, Sendable, Equatable {
        /// A sentence fragment: `line 7 was altered`.
        public let problem: String
    }

    static func line(_ number: Int64, _ fields: String, after previous: String) -> String {
        let text = #"{"number":\#(number),\#(fields),"previous":"\#(previous)""#
        return text + mark + Hexadecimal.encode(SHA256.hash(text.utf8)) + close
    }

    /// The hash a line ends with; nil when it does not end as a line does.
    static func hash(of line: [UInt8]) -> String? { parts(of: line)?.hash }

    // MARK: The end of a line

    private static let mark = #","hash":""#
    private static let close = #""}"#
    private static let previousMark = #","previous":""#

    struct Parts {
        let text: [UInt8]
        let previous: String
        let hash: String
    }

    static func parts(of bytes: [UInt8]) -> Parts? {
        let tail = mark.utf8.count + 64 + close.utf8.count
        guard bytes.count > tail, bytes.suffix(tail).starts(with: mark.utf8), bytes.suffix(2).elementsEqual(close.utf8)
        else { return nil }
        let text = Array(bytes.dropLast(tail))
        let former = previousMark.utf8.count + 64 + 1
        guard text.count > former, text.suffix(former).starts(with: previousMark.utf8), text.last == UInt8(ascii: "\"")
        else { return nil }
        guard let previous = hexadecimal(text.suffix(65).dropLast()),
            let hash = hexadecimal(bytes.suffix(66).dropLast(2))
        else { return nil }
        return Parts(text: text, previous: previous, hash: hash)
    }

    private static func hexadecimal(_ bytes: ArraySlice<UInt8>) -> String? {
        bytes.allSatisfy { Hexadecimal.value(of: $0) != nil } ? String(decoding: bytes, as: UTF8.self) : nil
    }
}
