internal import CLibedit

/// Moving and erasing by the character people see; libedit alone goes scalar by scalar.
extension Editor {
    func forward() -> CInt {
        if takeHint() { return CC_REFRESH }
        let step = Graphemes.lengthAfter(buffer.cursor, in: buffer.scalars)
        guard step > 0 else { return CC_ERROR }
        buffer.moveCursor(to: buffer.cursor + step)
        return CC_CURSOR
    }

    func backward() -> CInt {
        let step = Graphemes.lengthBefore(buffer.cursor, in: buffer.scalars)
        guard step > 0 else { return CC_ERROR }
        buffer.moveCursor(to: buffer.cursor - step)
        return CC_CURSOR
    }

    func eraseBackward() -> CInt {
        let cursor = buffer.cursor
        let step = Graphemes.lengthBefore(cursor, in: buffer.scalars)
        guard step > 0 else { return CC_ERROR }
        buffer.replace(cursor - step..<cursor, with: "")
        return CC_REFRESH
    }

    func eraseForward() -> CInt {
        let cursor = buffer.cursor
        let step = Graphemes.lengthAfter(cursor, in: buffer.scalars)
        guard step > 0 else { return CC_ERROR }
        buffer.replace(cursor..<cursor + step, with: "")
        return CC_REFRESH
    }

    func toEnd() -> CInt {
        if takeHint() { return CC_REFRESH }
        // In vi mode libedit's own goes one back from the end, from an empty line before its beginning.
        guard isVi, viMode.state == .insert || buffer.count == 0 else { return perform(.lineEnd) }
        buffer.moveCursor(to: buffer.count)
        return CC_CURSOR
    }

    func forwardWord() -> CInt {
        takeHintWord() ? CC_REFRESH : perform(.nextWord)
    }
}
