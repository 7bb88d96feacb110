import Synchronization
import Testing
import ZoshKit

/// What connections ask together.
struct SharedQuestionTests {
    private final class Person: Console {
        private let asked = Mutex<[ZoshKit.Confirmation]>([])
        let answer: Bool

        init(answer: Bool) { self.answer = answer }

        var questions: [ZoshKit.Confirmation] { asked.withLock { $0 } }
        func note(_ text: String) {}
        func ask(_ prompt: String) async throws -> String { throw ZoshError(.cancelled, "no answers here") }
        func confirm(_ question: ZoshKit.Confirmation) async throws -> Bool {
            asked.withLock { $0.append(question) }
            return answer
        }
    }

    private static func question(_ name: String, word: String? = nil) -> ZoshKit.Confirmation {
        ZoshKit.Confirmation(question: "Delete 1 user in \(name)?", details: ["Ada"], word: word)
    }

    /// - Returns: what each part was told, nil for one that left.
    private func answers(
        _ all: [ZoshKit.Confirmation?], to person: Person
    ) async throws -> [Bool?] {
        let shared = SharedQuestion(of: all.count)
        async let settled: Void = shared.settle(asking: person)
        let told = await withTaskGroup(of: (Int, Bool?).self) { group in
            for (index, (part, question)) in zip(shared.parts, all).enumerated() {
                group.addTask {
                    defer { part.leave() }
                    guard let question else { return (index, nil) }
                    let answer = try? await part.ask(question)
                    part.begin()
                    return (index, answer ?? false)
                }
            }
            var told: [Bool?] = all.map { _ in nil }
            for await (index, answer) in group { told[index] = answer }
            return told
        }
        try await settled
        return told
    }

    @Test("once, each with its own rows, and all are told the same")
    func once() async throws {
        let person = Person(answer: true)
        let told = try await answers([Self.question("Acme"), nil, Self.question("Globex", word: "Globex")], to: person)
        #expect(told == [true, nil, true])
        #expect(person.questions.map(\.question) == ["Continue in 2 organisations?"])
        #expect(
            person.questions[0].details == [
                "Delete 1 user in Acme:", "  Ada", "Delete 1 user in Globex:", "  Ada",
            ])
        #expect(person.questions[0].word == "2 organisations")
    }

    @Test("one alone asks as it would without the others")
    func alone() async throws {
        let person = Person(answer: true)
        _ = try await answers([nil, Self.question("Acme", word: "Acme")], to: person)
        #expect(person.questions == [Self.question("Acme", word: "Acme")])
    }

    @Test("a no is everybody's, and nobody is asked where nothing is to be asked")
    func declined() async throws {
        await #expect(throws: ZoshError.self) {
            _ = try await answers([Self.question("Acme"), Self.question("Globex")], to: Person(answer: false))
        }
        let person = Person(answer: true)
        _ = try await answers([nil, nil], to: person)
        #expect(person.questions.isEmpty)
    }

    @Test("a part asks together with the others once")
    func twice() async throws {
        let shared = SharedQuestion(of: 1)
        async let settled: Void = shared.settle(asking: Person(answer: true))
        #expect(try await shared.parts[0].ask(Self.question("Acme")) == true)
        shared.parts[0].begin()
        try await settled
        #expect(try await shared.parts[0].ask(Self.question("Acme")) == nil)
    }
}
