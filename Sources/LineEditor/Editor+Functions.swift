internal import CLibedit

/// The functions bound to keys that need more than one part of the editor. Each returns one of libedit's `CC_…` codes.
extension Editor {
    func accept() -> CInt {
        let buffer = editLine.buffer
        let text = buffer.text
        guard !text.isEmpty, !delegate.isComplete(text) else {
            if screen.isTallerThanScreen { terminal.write("\u{1B}[\(terminal.size.rows)B") }
            return editLine.perform(.finishLine)
        }
        buffer.moveCursor(to: buffer.count)
        return insertNewline()
    }

    func insertNewline() -> CInt {
        editLine.buffer.insert("\n")
        return CC_REFRESH
    }

    /// Ends the line from within a function, leaving what was typed on the screen.
    func finish(_ event: Event) -> CInt {
        screen.leaveLine(showing: event == .interrupted ? "^C" : "")
        outcome = event
        return CC_EOF
    }

    func suspend() -> CInt {
        if let signal = suspension.stop() { return finish(.terminated(by: signal)) }
        return CC_NORM
    }

    func endOrDelete() -> CInt {
        editLine.buffer.count == 0 ? finish(.endOfInput) : refresh(editLine.buffer.eraseForward())
    }

    // MARK: moving, and hints

    func forward() -> CInt {
        if hints.take() { return CC_REFRESH }
        return editLine.buffer.moveForward() ? CC_CURSOR : CC_ERROR
    }

    func backward() -> CInt {
        editLine.buffer.moveBackward() ? CC_CURSOR : CC_ERROR
    }

    func toEnd() -> CInt {
        if hints.take() { return CC_REFRESH }
        let buffer = editLine.buffer
        // In vi mode libedit's own goes one back from the end, from an empty line before its beginning.
        guard editLine.isVi, vi.state == .insert || buffer.count == 0 else { return editLine.perform(.lineEnd) }
        buffer.moveCursor(to: buffer.count)
        return CC_CURSOR
    }

    func forwardWord() -> CInt {
        hints.takeWord() ? CC_REFRESH : editLine.perform(.nextWord)
    }

    // MARK: cutting

    /// Cuts what `range` finds in the line, from the cursor and the line's scalars.
    func kill(_ range: (_ cursor: Int, _ scalars: [Unicode.Scalar]) -> Range<Int>) -> CInt {
        let buffer = editLine.buffer
        return refresh(kills.kill(range(buffer.cursor, buffer.scalars), in: buffer))
    }

    func killLine() -> CInt { kill { 0..<$1.count } }

    func killToEnd() -> CInt { kill { $0..<$1.count } }

    /// Back to the last blank, so that a quoted or assigned value goes in one piece.
    func killBlankWordBackward() -> CInt {
        kill { WordBounds.start(before: $0, in: $1) { !$0.properties.isWhitespace }..<$0 }
    }

    func killWordBackward() -> CInt {
        kill { WordBounds.start(before: $0, in: $1, isPart: WordBounds.isLetter)..<$0 }
    }

    func killWordForward() -> CInt {
        kill { $0..<WordBounds.end(after: $0, in: $1, isPart: WordBounds.isLetter) }
    }

    func yank() -> CInt { refresh(kills.yank(into: editLine.buffer)) }

    /// The line is drawn again when it has changed; else the bell rings.
    func refresh(_ hasChanged: Bool) -> CInt { hasChanged ? CC_REFRESH : CC_ERROR }
}
