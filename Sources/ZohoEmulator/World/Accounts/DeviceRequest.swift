/// A device's wait for its owner to type a code into a browser (device flow documentation).
struct DeviceRequest: Sendable {
    enum State: Sendable, Equatable {
        case waiting
        case refused
        /// Allowed for the organisation of that `zgid` in that data centre.
        case allowed(zgid: String, dataCentre: String)
    }

    let client: String
    let userCode: String
    let scopes: Scopes
    let offline: Bool
    let expires: Double
    var state = State.waiting
    var lastPoll: Double?
}
