internal import ZoshKit

/// Writes one JSON array, element by element as pages arrive.
///
/// Valid whatever happens: no rows give `[]`, and when the source fails midway the array is closed before the error
/// is passed on, so that what arrived can be read; the exit status says that it is not everything.
struct JSONRenderer: Renderer {
    func render(_ stream: RowStream, to sink: any ByteSink, for target: OutputTarget) async throws {
        var writer = JSONWriter(indent: 2)
        var isFirst = true
        do {
            while let batch = try await stream.next() {
                for row in batch.rows {
                    writer.write(raw: isFirst ? "[\n  " : ",\n  ")
                    writer.write(row, depth: 1)
                    isFirst = false
                }
                try await sink.write(JSONSafety.bytes(writer.drain(), for: target))
            }
        } catch {
            if !isFirst { try? await sink.write(Array("\n]\n".utf8)) }
            throw error
        }
        try await sink.write(Array((isFirst ? "[]\n" : "\n]\n").utf8))
    }
}

/// Writes one JSON object per line (NDJSON), a page at a time.
struct NDJSONRenderer: Renderer {
    func render(_ stream: RowStream, to sink: any ByteSink, for target: OutputTarget) async throws {
        var writer = JSONWriter()
        while let batch = try await stream.next() {
            for row in batch.rows {
                writer.write(row)
                writer.write(raw: "\n")
            }
            try await sink.write(JSONSafety.bytes(writer.drain(), for: target))
        }
    }
}

/// JSON text made safe for a terminal without ceasing to be the same JSON.
enum JSONSafety {
    /// Hostile scalars occur only inside strings, where `\u001b` means the same; line ends between elements stay.
    static func bytes(_ json: [UInt8], for target: OutputTarget) -> [UInt8] {
        guard target.isTerminal else { return json }
        var safe: [UInt8] = []
        safe.reserveCapacity(json.count)
        for scalar in String(decoding: json, as: UTF8.self).unicodeScalars {
            if scalar == "\n" || !scalar.isHostileToTerminals {
                safe.append(contentsOf: Array(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter))
            } else {
                for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter {
                    let hex = String(unit, radix: 16)
                    safe.append(contentsOf: "\\u".utf8)
                    safe.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: 4 - hex.utf8.count))
                    safe.append(contentsOf: hex.utf8)
                }
            }
        }
        return safe
    }
}
