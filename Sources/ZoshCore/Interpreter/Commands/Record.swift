internal import ZoshKit

/// `record start FILE`: from now on, what is typed here and goes well becomes a script.
struct RecordStart: CoreCommand {
    let signature = Signature("record start", "Record this session as a script", effect: .local) {
        Argument("file", .file, "The script to write; never over a file unasked")
        Flag("force", "Replace a file that exists")
    }

    let examples = [Example("record start offboarding.zosh", "then work, then: record stop")]

    let version: String

    func run(_ call: Call, in shell: ShellContext, core: CoreContext) async throws -> RowStream {
        if let recording = await core.session.recording {
            throw ZoshError(.refused, "this session is being recorded already, into '\(await recording.name)'", at: call.span, remedy: "record stop")
        }
        let path: String = try call.require("file")
        do {
            let file = try RecordingFile(path, replacing: call.flag("force"))
            await core.session.set(recording: Recording(file, version: version))
        } catch let error as ZoshError { throw error.at(call.span(of: "file")) }
        return .none
    }
}

/// `record stop`: the script is complete.
struct RecordStop: CoreCommand {
    let signature = Signature("record stop", "End the recording", effect: .local)

    func run(_ call: Call, in shell: ShellContext, core: CoreContext) async throws -> RowStream {
        guard let recording = await core.session.recording else {
            throw ZoshError(.refused, "nothing is being recorded", at: call.span, remedy: "record start FILE")
        }
        await core.session.set(recording: nil)
        try await recording.end()
        let row: Row = [
            "file": .string(await recording.name), "lines": .integer(Int64(await recording.lines)),
            "comments": .integer(Int64(await recording.comments)),
        ]
        return RowStream(Columns(["file", "lines", "comments"]), rows: [row])
    }
}
