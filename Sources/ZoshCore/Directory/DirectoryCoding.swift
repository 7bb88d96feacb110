internal import ZoshKit

/// A directory as blocks of bytes and back.
///
/// The first block holds version, times, roles, profiles and fields; each further one some thousand people, with the
/// few texts they share (role, profile, status) written once. Decoding a hundred thousand people takes tens of
/// milliseconds, which a row format would not; blocks are decoded side by side.
enum DirectoryCoding {
    private static let version: UInt64 = 3
    private static let peoplePerBlock = 4096

    static func blocks(_ snapshot: DirectorySnapshot, wholeAt: Int64) -> [[UInt8]] {
        var head = ByteWriter()
        head.write(version)
        head.write(UInt64(bitPattern: snapshot.fetchedAt ?? 0))
        head.write(UInt64(bitPattern: wholeAt))
        for list in [snapshot.roles, snapshot.profiles] {
            head.write(UInt64(list.count))
            for one in list {
                head.write(one.id)
                head.write(one.name)
            }
        }
        head.write(UInt64(snapshot.seenFields.count))
        snapshot.seenFields.forEach { head.write($0) }
        head.write(UInt64(bitPattern: snapshot.fields?.readAt ?? 0))
        let described = snapshot.fields?.described ?? []
        head.write(UInt64(described.count))
        for field in described {
            for text in [field.name, field.label, field.type, field.isReadOnly ? "read-only" : ""] { head.write(text) }
            head.write(UInt64(max(0, field.limits.length ?? 0)))
            head.write(UInt64(field.limits.choices.count))
            for choice in field.limits.choices {
                head.write(choice.value)
                head.write(choice.shown)
            }
        }
        let starts = stride(from: 0, to: snapshot.people.count, by: peoplePerBlock)
        return [head.bytes]
            + starts.map { start in
                block(snapshot.people[start..<min(start + peoplePerBlock, snapshot.people.count)])
            }
    }

    /// What blocks hold; the people folded for the search as well, while each block's are at hand.
    struct Content: Sendable {
        let snapshot: DirectorySnapshot
        let wholeAt: Int64
        let texts: FoldedPeople
    }

    /// - Throws: when the blocks were not written by this version.
    static func content(_ blocks: [[UInt8]]) async throws -> Content {
        guard let first = blocks.first else { throw ByteReader.Malformed() }
        var head = ByteReader(first)
        guard try head.number() == version else { throw ByteReader.Malformed() }
        let fetchedAt = Int64(bitPattern: try head.number())
        let wholeAt = Int64(bitPattern: try head.number())
        let roles = try named(&head, first.count)
        let profiles = try named(&head, first.count)
        let seen = try (0..<head.count(atMost: first.count)).map { _ in try head.text() }
        let readAt = Int64(bitPattern: try head.number())
        let described = try (0..<head.count(atMost: first.count)).map { _ in
            DescribedField(
                name: try head.text(), label: try head.text(), type: try head.text(),
                isReadOnly: try !head.text().isEmpty, limits: try limits(&head, first.count))
        }
        guard head.isAtEnd else { throw ByteReader.Malformed() }
        let parts = try await withThrowingTaskGroup(of: (Int, ([Person], FoldedPeople.Part)).self) { group in
            for (number, block) in blocks.dropFirst().enumerated() {
                group.addTask {
                    let people = try Self.people(block)
                    return (number, (people, FoldedPeople.Part(people)))
                }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }.sorted { $0.key < $1.key }.map(\.value)
        }
        async let texts = FoldedPeople(parts.map(\.1))
        var people: [Person] = []
        people.reserveCapacity(parts.reduce(0) { $0 + $1.0.count })
        for part in parts { people += part.0 }
        let snapshot = DirectorySnapshot(
            people: people, roles: roles, profiles: profiles, fetchedAt: fetchedAt, seenFields: seen,
            fields: readAt == 0 ? nil : DirectorySnapshot.Fields(described: described, readAt: readAt))
        return await Content(snapshot: snapshot, wholeAt: wholeAt, texts: texts)
    }

    private static func named(_ reader: inout ByteReader, _ limit: Int) throws -> [NamedID] {
        try (0..<reader.count(atMost: limit)).map { _ in NamedID(id: try reader.text(), name: try reader.text()) }
    }

    private static func limits(_ reader: inout ByteReader, _ limit: Int) throws -> FieldLimits {
        let length = Int(clamping: try reader.number())
        let choices = try (0..<reader.count(atMost: limit)).map { _ in
            FieldLimits.Choice(value: try reader.text(), shown: try reader.text())
        }
        return FieldLimits(length: length == 0 ? nil : length, choices: choices)
    }

    private static func block(_ people: ArraySlice<Person>) -> [UInt8] {
        var shared: [String: UInt64] = [:]
        var texts: [String] = []
        func index(_ text: String) -> UInt64 {
            if let known = shared[text] { return known }
            shared[text] = UInt64(texts.count)
            texts.append(text)
            return UInt64(texts.count - 1)
        }
        let indices = people.map { (index($0.role), index($0.profile), index($0.status)) }
        var writer = ByteWriter()
        writer.write(UInt64(texts.count))
        texts.forEach { writer.write($0) }
        writer.write(UInt64(people.count))
        for (person, (role, profile, status)) in zip(people, indices) {
            writer.write(person.id)
            writer.write(person.name)
            writer.write(person.email)
            writer.write(role)
            writer.write(profile)
            writer.write(status)
        }
        return writer.bytes
    }

    private static func people(_ block: [UInt8]) throws -> [Person] {
        var people: [Person] = []
        people.reserveCapacity(peoplePerBlock)
        var reader = ByteReader(block)
        let texts = try (0..<reader.count(atMost: block.count)).map { _ in try reader.text() }
        guard !texts.isEmpty else { throw ByteReader.Malformed() }
        for _ in 0..<(try reader.count(atMost: block.count)) {
            let (id, name, email) = (try reader.text(), try reader.text(), try reader.text())
            let role = texts[try reader.count(atMost: texts.count - 1)]
            let profile = texts[try reader.count(atMost: texts.count - 1)]
            let status = texts[try reader.count(atMost: texts.count - 1)]
            people.append(Person(id: id, name: name, email: email, role: role, profile: profile, status: status))
        }
        guard reader.isAtEnd else { throw ByteReader.Malformed() }
        return people
    }
}
