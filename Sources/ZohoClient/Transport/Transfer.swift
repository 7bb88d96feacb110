internal import CLibcurl
internal import Glibc

/// One request under way and what has come of its reply. Belongs to the loop's thread.
final class Transfer {
    let id: UInt64

    private let order: TransferOrder
    private let continuation: CheckedContinuation<HTTPReply, any Error>
    private var body: [UInt8] = []
    private var handle: OpaquePointer?

    init(_ arrival: TransferLoop.Arrival) {
        (id, order, continuation) = (arrival.id, arrival.order, arrival.continuation)
    }

    /// The transfer that libcurl calls so.
    static func of(_ handle: OpaquePointer) -> Transfer {
        Unmanaged<Transfer>.fromOpaque(zosh_transfer_context(handle)).takeUnretainedValue()
    }

    /// Hands the request to libcurl, which copies it; false when there is no memory.
    func begin(in loop: OpaquePointer) -> Bool {
        let texts = TransferTexts()
        let lines = order.headers.map { UnsafePointer(texts.keep($0)) } + [nil]
        handle = (order.body ?? []).withUnsafeBytes { body in
            lines.withUnsafeBufferPointer { headers in
                headers.baseAddress.flatMap { begin(in: loop, texts, headers: $0, body: body) }
            }
        }
        return handle != nil
    }

    private func begin(
        in loop: OpaquePointer, _ texts: TransferTexts, headers: UnsafePointer<UnsafePointer<CChar>?>,
        body: UnsafeRawBufferPointer
    ) -> OpaquePointer? {
        let (proxy, authorities) = (order.proxy, order.authorities)
        var request = zosh_request(
            method: texts.keep(order.method), url: texts.keep(order.url), headers: headers,
            body: body.baseAddress ?? UnsafeRawPointer(texts.keep("")), body_length: body.count,
            takes_gzip: order.takesGzip, shares_connection: order.sharesConnection,
            proxy: texts.keep(proxy.map { ($0.kind == .http ? "http://" : "socks5h://") + $0.text } ?? ""),
            proxy_user: proxy?.login.map { texts.keep($0.user) },
            proxy_password: proxy?.login.map { texts.keep($0.password) },
            authorities_file: authorities.file.map(texts.keep), authorities_folder: authorities.folder.map(texts.keep),
            authorities: authorities.bytes.isEmpty ? nil : authorities.bytes.baseAddress,
            authorities_length: authorities.bytes.count,
            milliseconds: order.deadline.milliseconds, connecting_milliseconds: order.connecting.milliseconds,
            receive: { context, bytes, length, announced in
                Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
                    .receive(UnsafeRawBufferPointer(start: bytes, count: length), of: Int(announced))
            },
            context: Unmanaged.passUnretained(self).toOpaque())
        if order.body == nil { request.body = nil }
        return zosh_transfer_new(loop, &request)
    }

    /// Whether the request may have left.
    var mayHaveLeft: Bool { handle.map { zosh_transfer_may_have_left($0) } ?? false }

    /// Takes the next bytes of the body: copied once, out of what libcurl read into what the rows are read from.
    /// - Returns: false when the body is too large.
    private func receive(_ bytes: UnsafeRawBufferPointer, of announced: Int) -> Bool {
        guard body.count + bytes.count <= HTTPTransport.largestReply else { return false }
        // Of a compressed body the header tells another length, which then only reserves less.
        if body.isEmpty, announced > 0, announced <= HTTPTransport.largestReply { body.reserveCapacity(announced) }
        body.append(contentsOf: bytes)
        return true
    }

    /// Reports the reply, or why there is none, once libcurl is done.
    func finish() {
        guard let handle else { return }
        let ending = zosh_transfer_ending(handle)
        guard let failure = TransferFailure(ending) else { return end(.success(reply(Int(ending.status), handle))) }
        end(.failure(failure.cause == .timedOut && failure.mayHaveLeft ? DeadlineExceeded() : failure))
    }

    /// Ends it wherever it is.
    func end(_ result: Result<HTTPReply, any Error>) {
        if let handle { zosh_transfer_free(handle) }
        handle = nil
        continuation.resume(with: result)
    }

    private func reply(_ status: Int, _ handle: OpaquePointer) -> HTTPReply {
        func header(_ name: String) -> String? { zosh_transfer_header(handle, name).map { String(cString: $0) } }
        let date = header("Date").flatMap(HTTPDate.seconds)
        return HTTPReply(
            status: status,
            contentType: header("Content-Type") ?? "",
            credits: header("X-API-CREDITS-REMAINING").flatMap { Int($0) },
            retryAfter: header("Retry-After").flatMap { RetryAfter.seconds($0, now: date) },
            location: header("Location"),
            date: date,
            body: body)
    }
}

extension Duration {
    /// Rounded down, at least one: libcurl takes 0 for no limit.
    fileprivate var milliseconds: Int64 { max(1, Int64(self / .milliseconds(1))) }
}

/// Texts for C, given back with this object. What it kept is wiped then, as all memory of the process is.
private final class TransferTexts {
    private var kept: [UnsafeMutablePointer<CChar>] = []

    deinit { for text in kept { text.deallocate() } }

    func keep(_ text: String) -> UnsafePointer<CChar> {
        let bytes = text.utf8CString
        let start = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count)
        _ = UnsafeMutableBufferPointer(start: start, count: bytes.count).initialize(from: bytes)
        kept.append(start)
        return UnsafePointer(start)
    }
}
