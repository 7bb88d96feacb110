internal import CLibedit

/// The prompt as libedit draws it. The cells stay valid until the next one because they are kept here.
final class LinePrompt {
    private let encoder: PromptEncoder
    private var cells = UnsafeMutableBufferPointer<wchar_t>(start: nil, count: 0)
    /// Columns of the prompt drawn last.
    private(set) var width = 0

    init(for terminal: Terminal) {
        encoder = PromptEncoder(colors: terminal.hasColor, asciiOnly: !terminal.isUTF8)
    }

    deinit { cells.deallocate() }

    func draw(_ prompt: Prompt) -> UnsafeMutablePointer<wchar_t>? {
        let (text, width) = encoder.encode(prompt)
        self.width = width
        let wide = WideText.cells(text)
        cells.deallocate()
        cells = .allocate(capacity: wide.count)
        _ = cells.initialize(from: wide)
        return cells.baseAddress
    }
}
