import CCurl
import Dispatch
import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Runs every transfer of a client on one thread of its own, which sleeps in `curl_multi_poll`.
///
/// Other threads leave commands in `mailbox` and wake it; nothing else is shared.
final class TransferLoop: Sendable {
    // Used on the loop's thread, and under the mailbox's lock to wake it; freed by the thread after
    // it has closed the mailbox.
    private nonisolated(unsafe) let multi: UnsafeMutableRawPointer
    private let mailbox = Mutex(Mailbox())
    private let finished = DispatchSemaphore(value: 0)
    private let userAgent: String

    private struct Mailbox {
        var commands: [TransferCommand] = []
        var isStopping = false
        var isClosed = false
    }

    init(userAgent: String) {
        _ = startLibrary
        guard let multi = curl_multi_init() else { preconditionFailure("no memory for libcurl") }
        self.multi = multi
        self.userAgent = userAgent
        let thread = Thread { [self] in run() }
        thread.name = "lore.http"
        thread.start()
    }

    /// Leaves a command for the thread; a transfer that comes after the end fails at once.
    func post(_ command: TransferCommand) {
        let isTaken = mailbox.withLock { mailbox in
            if mailbox.isClosed || mailbox.isStopping { return false }
            mailbox.commands.append(command)
            curl_multi_wakeup(multi)
            return true
        }
        if !isTaken, case .start(let transfer) = command {
            transfer.fail(ProviderError.clientClosed)
        }
    }

    /// Ends every transfer and the thread, and waits until it has gone; once.
    func stop() {
        let isFirst = mailbox.withLock { mailbox in
            if mailbox.isStopping { return false }
            mailbox.isStopping = true
            curl_multi_wakeup(multi)
            return true
        }
        if isFirst { finished.wait() }
    }

    private func run() {
        blockBrokenPipeSignal()
        var running: [ObjectIdentifier: RunningTransfer] = [:]
        while let commands = takeCommands() {
            for command in commands { obey(command, &running) }
            drive(&running)
            expire(&running)
            sleep(until: running.values.compactMap(\.nextDeadline).min())
        }
        for transfer in running.values { end(transfer, with: .clientClosed) }
        close()
        finished.signal()
    }

    /// `nil` when the loop is to stop.
    private func takeCommands() -> [TransferCommand]? {
        mailbox.withLock { mailbox in
            if mailbox.isStopping { return nil }
            defer { mailbox.commands = [] }
            return mailbox.commands
        }
    }

    private func obey(
        _ command: TransferCommand, _ running: inout [ObjectIdentifier: RunningTransfer]
    ) {
        switch command {
        case .start(let transfer):
            guard let started = RunningTransfer(transfer, userAgent: userAgent) else {
                preconditionFailure("no memory for libcurl")
            }
            running[ObjectIdentifier(transfer)] = started
            curl_multi_add_handle(multi, started.easy)
        case .resume(let transfer):
            running[ObjectIdentifier(transfer)]?.resume()
        case .cancel(let transfer):
            guard let cancelled = running.removeValue(forKey: ObjectIdentifier(transfer)) else {
                return
            }
            curl_multi_remove_handle(multi, cancelled.easy)
        }
    }

    /// Moves what can be moved and ends what is done.
    private func drive(_ running: inout [ObjectIdentifier: RunningTransfer]) {
        var active: CInt = 0
        curl_multi_perform(multi, &active)
        for transfer in running.values { transfer.deliver() }
        var left: CInt = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE,
                let entry = running.first(where: { $0.value.easy == message.pointee.easy_handle })
            else { continue }
            let code = lore_curl_message_result(message)
            curl_multi_remove_handle(multi, entry.value.easy)
            running[entry.key] = nil
            entry.value.finish(code)
        }
    }

    private func expire(_ running: inout [ObjectIdentifier: RunningTransfer]) {
        let now = ContinuousClock.now
        for (key, transfer) in running {
            guard let error = transfer.expired(at: now) else { continue }
            running[key] = nil
            end(transfer, with: error)
        }
    }

    private func end(_ running: RunningTransfer, with error: ProviderError) {
        curl_multi_remove_handle(multi, running.easy)
        _ = running.transfer.deliver()
        running.transfer.fail(error)
    }

    /// Waits for a socket, a command, libcurl's own timers or `deadline`.
    private func sleep(until deadline: ContinuousClock.Instant?) {
        let longest = Duration.seconds(60)
        let wait = deadline.map { max(.zero, min(longest, $0 - .now)) } ?? longest
        curl_multi_poll(multi, nil, 0, CInt(wait.wholeMilliseconds), nil)
    }

    /// After this nobody wakes the loop, so that what they would wake can be freed.
    private func close() {
        let late = mailbox.withLock { mailbox in
            mailbox.isClosed = true
            defer { mailbox.commands = [] }
            return mailbox.commands
        }
        for case .start(let transfer) in late { transfer.fail(ProviderError.clientClosed) }
        curl_multi_cleanup(multi)
    }
}

/// Once for the whole process, before the first use.
private let startLibrary: Void = {
    curl_global_init(Int(CURL_GLOBAL_DEFAULT))
}()

/// A connection that the other side has closed must be an error here, not the end of the process:
/// with `CURLOPT_NOSIGNAL`, libcurl leaves that to its caller.
private func blockBrokenPipeSignal() {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
}
