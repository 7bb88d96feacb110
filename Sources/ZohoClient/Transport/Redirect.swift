internal import ZoshKit

/// Redirects are an error here: following one would hand a token to its sender.
enum Redirect {
    static func refuse(_ reply: HTTPReply, from host: String) throws(ZoshError) {
        guard (300..<400).contains(reply.status), reply.status != 304 else { return }
        // Only the origin is shown: the rest of the address may hold anything.
        let target = reply.location.flatMap { location in
            WebOrigin(
                String(
                    location.prefix { $0 != "?" && $0 != "#" }.split(separator: "/", omittingEmptySubsequences: false)
                        .prefix(3).joined(separator: "/")))
        }
        throw ZoshError(
            .network,
            "\(host) redirects to \(target?.text ?? "another address") (HTTP \(reply.status)), which zosh does not "
                + "follow",
            remedy: "check the data centre; a proxy that redirects must be bypassed")
    }
}
