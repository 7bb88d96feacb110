/// Moving and erasing by the character people see; libedit alone goes scalar by scalar. Each is false where there is
/// no such character.
extension LineBuffer {
    func moveForward() -> Bool {
        let step = Graphemes.lengthAfter(cursor, in: scalars)
        guard step > 0 else { return false }
        moveCursor(to: cursor + step)
        return true
    }

    func moveBackward() -> Bool {
        let step = Graphemes.lengthBefore(cursor, in: scalars)
        guard step > 0 else { return false }
        moveCursor(to: cursor - step)
        return true
    }

    func eraseBackward() -> Bool {
        let cursor = cursor
        let step = Graphemes.lengthBefore(cursor, in: scalars)
        guard step > 0 else { return false }
        replace(cursor - step..<cursor, with: "")
        return true
    }

    func eraseForward() -> Bool {
        let cursor = cursor
        let step = Graphemes.lengthAfter(cursor, in: scalars)
        guard step > 0 else { return false }
        replace(cursor..<cursor + step, with: "")
        return true
    }
}
