/// Checks the lines of a plain chain in order, one at a time.
final class ChainChecker {
    private var count: Int64 = 0
    private var head = PlainChain.start
    private let wanted: String?
    private var isFound: Bool

    /// - Parameter wanted: the hash of a line that must be among them, in lower case; nil for none.
    init(lookingFor wanted: String? = nil) {
        self.wanted = wanted
        isFound = wanted == nil || wanted == PlainChain.start
    }

    func add(_ line: [UInt8]) throws {
        let place = "line \(count + 1)"
        guard let parts = PlainChain.parts(of: line) else { throw PlainChain.Fault(problem: "\(place) is cut short") }
        guard Hexadecimal.encode(SHA256.hash(parts.text)) == parts.hash else {
            throw PlainChain.Fault(problem: "\(place) was altered")
        }
        guard parts.text.starts(with: #"{"number":\#(count + 1),"#.utf8) else {
            throw PlainChain.Fault(problem: "\(place) is missing or out of order")
        }
        guard parts.previous == head else {
            throw PlainChain.Fault(problem: "\(place) does not follow the line before it")
        }
        count += 1
        head = parts.hash
        isFound = isFound || head == wanted
    }

    func end() throws -> PlainChain.End {
        guard isFound else {
            throw PlainChain.Fault(
                problem: "no line has the hash that was noted: lines were cut off or rewritten since")
        }
        return PlainChain.End(count: count, head: head)
    }
}
