/// What was cut last, cut and yanked by ourselves.
///
/// Every deletion through libedit's interface, even of one character, overwrites libedit's kill buffer, and its yank
/// writes through a pointer into memory it may just have moved. Text kept here survives both.
struct KillBuffer {
    private var text = ""

    /// False when there is nothing to cut.
    mutating func kill(_ range: Range<Int>, in buffer: LineBuffer) -> Bool {
        guard !range.isEmpty else { return false }
        text = String(String.UnicodeScalarView(buffer.scalars[range]))
        buffer.replace(range, with: "")
        return true
    }

    /// False when nothing was cut yet.
    func yank(into buffer: LineBuffer) -> Bool {
        guard !text.isEmpty else { return false }
        buffer.insert(text)
        return true
    }
}
