internal import ZoshKit
internal import ZoshTrust

/// The two ways that end at the registered redirect address: caught by our own page, or pasted.
extension LoginFlow {
    func browser(_ request: ConsentRequest) async throws -> ConsentAnswer {
        guard request.redirect.isOurs else {
            console.note(
                "The redirect address \(request.redirect.text) is not on this machine, so the answer has to be pasted.")
            return try await paste(request)
        }
        let page: any CallbackPage
        do throws(CallbackPageFailure) {
            page = try await surroundings.openPage(request.redirect, request.state)
        } catch {
            let why =
                switch error {
                case .portTaken(let port): "Another program listens on port \(port) of this machine"
                case .failed(let reason): "No page can be opened on port \(request.redirect.port) (\(reason))"
                }
            console.note("\(why), so the answer has to be pasted.")
            return try await paste(request)
        }
        let opened = surroundings.machine.hasDisplay && surroundings.machine.open(request.address)
        console.note(
            (opened
                ? "Your browser opens Zoho's consent page. If it does not, open:"
                : "Open in a browser on this machine:") + "\n  \(request.address)")
        do {
            let answer = try await first(of: page, request)
            await page.close()
            surroundings.hold(nil)
            return answer
        } catch {
            await page.close()
            surroundings.hold(nil)
            throw error is CancellationError ? ZoshError(.cancelled, "interrupted; nothing was stored") : error
        }
    }

    /// What zosh itself saw of Zoho's page.
    private enum Page {
        case inOrder
        case mistaken(ConsentMistake)
        case outOfReach(String)
    }

    private enum Event {
        case answer(ConsentAnswer)
        case outOfTime
        case look(Page)
    }

    /// The page's answer, unless the time runs out first. Most mistakes are shown in the browser only, so zosh looks
    /// there as well. It only reports what it finds, since the wording of such a page is not documented.
    private func first(of page: any CallbackPage, _ request: ConsentRequest) async throws -> ConsentAnswer {
        try await withThrowingTaskGroup(of: Event.self) { group in
            group.addTask { .answer(try await page.answer()) }
            group.addTask { .look(await look(at: request)) }
            group.addTask {
                // No time passes any more once the answer has come.
                for left in stride(from: Self.browserWait, to: 0, by: -1) where !page.hasAnswer {
                    surroundings.hold("waiting for the browser, \(Countdown.text(left)) left … Ctrl-C stops")
                    try await clock.sleep(for: .seconds(1))
                }
                return .outOfTime
            }
            defer { group.cancelAll() }
            var seen: Page?
            var isLate = false
            while let event = try await group.next() {
                switch event {
                case .answer(let answer): return answer
                case .look(let page):
                    seen = page
                    switch page {
                    case .inOrder: break
                    case .mistaken(let mistake):
                        console.note(
                            "Zoho's page (\(mistake.dataCentre)) says: \(mistake.said). Ctrl-C stops the waiting.")
                    case .outOfReach(let reason):
                        console.note(
                            "zosh looked at that page too, and failed: \(reason). Your browser may get there; Ctrl-C "
                                + "stops the waiting."
                        )
                    }
                case .outOfTime: isLate = true
                }
                // An answer that came in time counts, also while its page is still on the way to the browser.
                if isLate, let seen, !page.hasAnswer { throw Self.callbackTimeout(seen) }
            }
            throw CancellationError()
        }
    }

    private func look(at request: ConsentRequest) async -> Page {
        do {
            return try await oauth.mistake(of: request).map(Page.mistaken) ?? .inOrder
        } catch {
            return .outOfReach((error as? ZoshError)?.problem ?? "\(error)")
        }
    }

    private static func callbackTimeout(_ page: Page) -> ZoshError {
        let late = "the browser did not come back within five minutes"
        switch page {
        case .inOrder:
            return ZoshError(
                .auth, late,
                remedy:
                    "Zoho says only on its page what is wrong with a client, a scope or a redirect address: explain "
                    + "invalid_client, invalid_redirect_uri, invalid_scope or invalid_response_type says what to "
                    + "do about it"
            )
        case .mistaken(let mistake):
            return ZoshError(
                .auth, "\(late); Zoho's page (\(mistake.dataCentre)) says: \(mistake.said)",
                remedy: ErrorGuide.entry(for: mistake.code)?.remedy,
                code: mistake.code)
        case .outOfReach(let reason):
            return ZoshError(
                .auth, "\(late), and zosh's own look at Zoho's page failed: \(reason)",
                remedy: "check the network, then run it again")
        }
    }

    /// The address the browser ended at, as the person copied it. It holds a code, so it is not echoed.
    func paste(_ request: ConsentRequest) async throws -> ConsentAnswer {
        console.note(
            "Open in a browser, anywhere:\n  \(request.address)\n"
                + "You will land on an address starting with \(request.redirect.text) (the page may not load). Paste "
                + "the whole address here."
        )
        for _ in 1...3 {
            let answer = try await console.askSecret("That address: ").withString { ConsentAnswer(pasted: $0) }
            if answer.belongs(to: request.state) { return answer }
            console.note("That address belongs to another login. Paste the whole address your browser ends at now.")
        }
        throw ZoshError(
            .auth, "none of the addresses belongs to this login",
            remedy: "auth login --no-browser, and paste what that browser ends at")
    }
}
