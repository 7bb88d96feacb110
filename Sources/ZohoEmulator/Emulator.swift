internal import Synchronization

/// An in-memory Zoho on loopback: accounts servers and CRM API of one or more data centres.
///
/// It imitates the documented behaviour, oddities included, so that a client can be tested over
/// real sockets without an account. Each data centre has its own two listeners, so that origins
/// are as honest as they are outside. Invariant: it listens from `start` until `stop`.
public final class Emulator: Sendable {
    /// Where it listens and how to log in.
    public let announcement: Announcement
    /// The time it goes by.
    public let clock: EmulatedClock
    let world: World
    let observatory: Observatory
    private let listeners: [Listener]

    private init(
        announcement: Announcement, clock: EmulatedClock, world: World, observatory: Observatory, listeners: [Listener]
    ) {
        self.announcement = announcement
        self.clock = clock
        self.world = world
        self.observatory = observatory
        self.listeners = listeners
    }

    /// Starts an emulator; returns once every port accepts connections.
    /// - Throws: `EmulatorError` when the world file or the fault specification cannot be read or
    ///   a port is taken.
    public static func start(_ configuration: EmulatorConfiguration = .init()) async throws -> Emulator {
        try configuration.check()
        let security = try Security(configuration)
        let disturbances = try FaultGrammar.read(configuration.faults)
        var configuration = configuration
        configuration.credits = disturbances.credits ?? configuration.credits
        configuration.concurrency = disturbances.concurrency ?? configuration.concurrency
        let clock = EmulatedClock()
        clock.advance(by: .seconds(disturbances.skew))
        let world = try World(configuration: configuration, clock: clock)
        let observatory = Observatory()
        let faults = FaultPlan(disturbances.faults, seed: configuration.seed)
        let front = RequestHandler(
            world: world, observatory: observatory, faults: faults, clock: clock, latency: configuration.latency)
        var listeners: [Listener] = []
        var centres: [EmulatedDataCentre] = []
        do {
            for code in configuration.dataCentres {
                let port = listeners.isEmpty ? configuration.port : 0
                let accounts = try await Listener.start(port: port, security: security, clock: clock) {
                    await front.accounts($0, dataCentre: code)
                }
                listeners.append(accounts)
                let api = try await Listener.start(port: 0, security: security, clock: clock) {
                    await front.api($0, dataCentre: code)
                }
                listeners.append(api)
                let host = security == nil ? "http://127.0.0.1" : "https://\(configuration.announcedHost)"
                centres.append(
                    EmulatedDataCentre(code: code, accounts: "\(host):\(accounts.port)", api: "\(host):\(api.port)"))
            }
        } catch {
            for listener in listeners { await listener.stop() }
            throw error
        }
        return Emulator(
            announcement: await world.open(centres), clock: clock, world: world, observatory: observatory,
            listeners: listeners)
    }

    /// Closes every port and every connection at once, answered or not.
    public func stop() async {
        for listener in listeners { listener.cut() }
        observatory.releaseAll()
        for listener in listeners { await listener.stop() }
    }
}
