internal import CLibcrypto
internal import ZoshTrust

// The library fails here only when it has no memory, and then the process ends as it does when Swift has none.

/// SHA-256 of bytes that come in pieces.
struct SHA256: ~Copyable {
    private let state: UnsafeMutableRawPointer

    init() {
        guard let state = zosh_sha256_new() else { preconditionFailure("no memory for a digest") }
        self.state = state
    }

    deinit { zosh_sha256_free(state) }

    mutating func update(_ bytes: some Collection<UInt8>) {
        let isDone = bytes.withBytes { zosh_sha256_update(state, $0.baseAddress, $0.count) }
        precondition(isDone)
    }

    consuming func finish() -> [UInt8] { digest { zosh_sha256_finish(state, $0) } }

    static func hash(_ bytes: some Collection<UInt8>) -> [UInt8] {
        bytes.withBytes { bytes in digest { zosh_sha256(bytes.baseAddress, bytes.count, $0) } }
    }
}

/// HMAC-SHA256 of bytes that come in pieces.
struct HMAC: ~Copyable {
    private let state: UnsafeMutableRawPointer

    init(key: Secret) {
        let state = key.withUnsafeBytes { key in key.baseAddress.flatMap { zosh_hmac_new($0, key.count) } }
        guard let state else { preconditionFailure("no memory for an authentication code, or a wiped key") }
        self.state = state
    }

    deinit { zosh_hmac_free(state) }

    mutating func update(_ bytes: some Collection<UInt8>) {
        let isDone = bytes.withBytes { zosh_hmac_update(state, $0.baseAddress, $0.count) }
        precondition(isDone)
    }

    consuming func finish() -> [UInt8] { digest { zosh_hmac_finish(state, $0) } }

    static func code(of bytes: some Collection<UInt8>, under key: Secret) -> [UInt8] {
        var hmac = HMAC(key: key)
        hmac.update(bytes)
        return hmac.finish()
    }
}

private func digest(_ fill: (UnsafeMutableRawPointer) -> Bool) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 32) { bytes, count in
        let isDone = fill(bytes.baseAddress!)
        precondition(isDone)
        count = 32
    }
}

extension Collection<UInt8> {
    /// Runs `body` with the bytes in one piece.
    fileprivate func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        withContiguousStorageIfAvailable(body) ?? Array(self).withUnsafeBufferPointer(body)
    }
}
