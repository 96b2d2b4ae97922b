// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.soak;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Accounts for every message of a run, by what callers and providers wrote down of it. */
final class Checker {
    private final SoakLedgers ledgers;

    Checker(SoakLedgers ledgers) {
        this.ledgers = ledgers;
    }

    /** One account for each kind of stream. */
    Map<Kind, Account> check() throws IOException {
        Map<Kind, Account> accounts = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            accounts.put(kind, check(kind));
        }
        return accounts;
    }

    private Account check(Kind kind) throws IOException {
        Account account = Account.EMPTY;
        for (int caller : ledgers.callers(kind)) {
            account = account.plus(check(kind, ledgers.readSent(caller, kind), ledgers.readGot(caller, kind)));
        }
        return account;
    }

    static Account check(Kind kind, MessageLedger sent, List<MessageLedger> got) {
        Account account = new Account(0, 0, 0, 0, 0, 0, reordered(kind, got));
        for (int number = 0; number < sent.size(); number++) {
            account = account.plus(check(kind, Outcome.values()[sent.get(number)], arrivals(number, got)));
        }
        return account;
    }

    private static long reordered(Kind kind, List<MessageLedger> got) {
        return kind.isOrdered()
                ? got.stream().mapToLong(MessageLedger::reordered).sum()
                : 0;
    }

    private static int arrivals(int number, List<MessageLedger> got) {
        int arrivals = 0;
        for (MessageLedger ledger : got) {
            arrivals += ledger.get(number);
        }
        return arrivals;
    }

    private static Account check(Kind kind, Outcome outcome, int arrivals) {
        int doubled = arrivals > 1 ? 1 : 0;
        return switch (outcome) {
            case NONE -> Account.EMPTY;
            // A refusal that came after all though a handler ran counts as a second arrival would: the caller was told
            // wrongly.
            case REFUSED -> new Account(0, 0, 0, 0, 1, arrivals > 0 ? 1 : 0, 0);
            case ANSWERED -> new Account(1, 1, 0, 0, 0, doubled, 0);
            case FAILED -> new Account(1, 0, 1, 0, 0, doubled, 0);
            case SENT ->
                kind == Kind.SEND
                        ? new Account(1, arrivals > 0 ? 1 : 0, arrivals > 0 ? 0 : 1, 0, 0, doubled, 0)
                        : new Account(1, 0, 0, 1, 0, doubled, 0);
        };
    }
}
