internal import ArgumentParser
internal import Dispatch
internal import Foundation
internal import ZohoEmulator

/// The emulator on a port, for people and scripts: announces itself in one JSON line and runs until
/// it is told to stop.
@main
struct ZohoEmulatorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "zoho-emulator",
        abstract: "An in-memory Zoho CRM on loopback.",
        discussion: """
            Prints one JSON line with its origins, a client and a single-use grant code when it is ready, \
            then runs until SIGTERM or SIGINT.
            """
    )

    @Option(help: "Port of the first accounts server; 0 lets the system choose.")
    var port = 0
    @Option(help: "How many users type=AllUsers lists.")
    var users = 25
    @Option(help: "What the world is derived from.")
    var seed: UInt64 = 1
    @Option(help: "How many organisations each data centre holds.")
    var orgs = 1
    @Option(help: "A JSON file with any of org, users, roles, profiles in the API's shapes.")
    var world: String?
    @Option(help: "Milliseconds every reply waits.")
    var latency = 0
    @Option(help: "What goes wrong, for example 'latency=20..80,500:2%,reset:1%'.")
    var faults = ""
    @Option(parsing: .upToNextOption, help: "PEM files of a certificate for localhost and its key: speaks TLS.")
    var tls: [String] = []
    @Option(help: "Codes of the data centres to run, parted by commas.")
    var dataCentres = "us"

    static func main() async {
        StandardDescriptors.open()
        await main(nil)
    }

    func validate() throws {
        guard users > 0 else { throw ValidationError("--users must be at least 1.") }
        guard orgs > 0 else { throw ValidationError("--orgs must be at least 1.") }
        guard latency >= 0 else { throw ValidationError("--latency must not be negative.") }
        guard tls.isEmpty || tls.count == 2 else { throw ValidationError("--tls takes two files: CERTIFICATE KEY.") }
        guard (0...65535).contains(port) else { throw ValidationError("--port must be between 0 and 65535.") }
    }

    func run() async throws {
        var configuration = EmulatorConfiguration()
        configuration.port = port
        configuration.users = users
        configuration.seed = seed
        configuration.orgs = orgs
        configuration.latency = latency
        configuration.faults = faults
        configuration.dataCentres = dataCentres.split(separator: ",").map(String.init)
        if tls.count == 2 { configuration.certificate = (chain: tls[0], key: tls[1]) }
        if let world {
            guard let bytes = FileManager.default.contents(atPath: world) else {
                throw ValidationError("The world file \(world) cannot be read.")
            }
            configuration.world = Array(bytes)
        }
        let stop = StopSignals()
        let emulator = try await Emulator.start(configuration)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try FileHandle.standardOutput.write(contentsOf: encoder.encode(emulator.announcement) + Data("\n".utf8))
        await stop.first()
        await emulator.stop()
    }
}
