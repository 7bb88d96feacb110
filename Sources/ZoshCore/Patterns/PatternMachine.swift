/// Looks for a pattern in a text by following every way through it at once.
///
/// Each character is looked at once by each step of the pattern, so the work is their product at most, whatever the
/// pattern: nothing is ever tried again. Texts of any length are followed without being copied.
struct PatternMachine {
    private let steps: [PatternProgram.Step]
    private let wordCharacters: PatternClass

    init(_ program: PatternProgram) throws {
        steps = program.steps
        wordCharacters = try PatternClass("\\w")
    }

    /// Where one is in the text: between two characters.
    private struct Surroundings {
        var before: Character?
        var after: Character?
        var second: Character?
    }

    /// - Throws: what `interruption` throws; it is asked now and then.
    func finds(in text: String, _ interruption: () throws -> Void) throws -> Bool {
        var rest = text.makeIterator()
        let first = rest.next()
        var here = Surroundings(before: nil, after: first, second: rest.next())
        var now = StepSet(count: steps.count)
        var later = StepSet(count: steps.count)
        var pending: [Int] = []
        var work = 0
        while true {
            // A match may begin anywhere.
            if follow(0, here, &now, &pending, &work) { return true }
            guard let character = here.after else { return false }
            here.before = character
            here.after = here.second
            here.second = rest.next()
            for step in now.members {
                guard case .character(let wanted) = steps[step], Self.meets(character, wanted) else { continue }
                if follow(step + 1, here, &later, &pending, &work) { return true }
            }
            work += now.members.count + 1
            if work >= 1 << 16 {
                work = 0
                try interruption()
            }
            swap(&now, &later)
            later.removeAll()
        }
    }

    /// Adds a step and all that can be reached from it without a character. Returns whether the pattern's end can.
    private func follow(
        _ step: Int, _ here: Surroundings, _ set: inout StepSet, _ pending: inout [Int], _ work: inout Int
    ) -> Bool {
        pending.append(step)
        while let step = pending.popLast() {
            guard set.insert(step) else { continue }
            work += 1
            switch steps[step] {
            case .character: break
            case .place(let place): if holds(place, here) { pending.append(step + 1) }
            case .jump(let target): pending.append(target)
            case .split(let one, let other): pending += [other, one]
            case .found:
                pending.removeAll()
                return true
            }
        }
        return false
    }

    private static func meets(_ character: Character, _ wanted: PatternCharacter) -> Bool {
        switch wanted {
        case .exactly(let other, let foldsCase):
            character == other || foldsCase && character.lowercased() == other.lowercased()
        case .any(let lineBreaks): lineBreaks || !character.isNewline
        case .member(let all): all.contains(character)
        }
    }

    private func holds(_ place: PatternPlace, _ here: Surroundings) -> Bool {
        switch place {
        case .startOfText: here.before == nil
        case .endOfText: here.after == nil
        case .lastLineEnd: here.after == nil || here.second == nil && here.after?.isNewline == true
        case .startOfLine: here.before?.isNewline ?? true
        case .endOfLine: here.after?.isNewline ?? true
        case .wordBoundary: isBoundary(here)
        case .noWordBoundary: !isBoundary(here)
        }
    }

    private func isBoundary(_ here: Surroundings) -> Bool {
        (here.before.map(wordCharacters.contains) ?? false) != (here.after.map(wordCharacters.contains) ?? false)
    }
}

/// Steps, each once, emptied at no cost.
private struct StepSet {
    private(set) var members: [Int] = []
    private var places: [Int]

    init(count: Int) {
        places = Array(repeating: 0, count: count)
        members.reserveCapacity(count)
    }

    /// Returns whether it is new.
    mutating func insert(_ step: Int) -> Bool {
        let place = places[step]
        if place < members.count, members[place] == step { return false }
        places[step] = members.count
        members.append(step)
        return true
    }

    mutating func removeAll() { members.removeAll(keepingCapacity: true) }
}
