// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.breach;

import dev.latchkey.eventbus.Alarm;
import dev.latchkey.eventbus.ViolationKind;
import dev.latchkey.eventbus.registration.Violation;
import dev.latchkey.orchestrator.notice.Noticed;
import dev.latchkey.orchestrator.policy.BreachAction;
import dev.latchkey.orchestrator.policy.BreachPolicy;
import dev.latchkey.orchestrator.policy.Policy;
import dev.latchkey.orchestrator.state.Lease;
import dev.latchkey.orchestrator.state.Leases;
import dev.latchkey.orchestrator.state.Offence;
import dev.latchkey.orchestrator.state.OffenceBook;
import io.vertx.core.Future;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Counts violations, and acts when they pass the threshold of policy.
 *
 * <p>A report is believed no further than this: the teller may provide the operation, and who is accused lives and may invoke it. What
 * its word is worth is the {@link Jury}'s matter. All methods run on the orchestrator's context.
 */
public final class BreachWatch {
    private static final Logger LOG = LoggerFactory.getLogger("dev.latchkey.orchestrator");

    private final Policy policy;
    private final BreachPolicy threshold;
    private final Jury jury;
    private final Leases leases;
    private final OffenceBook book;
    private final Sentence sentence;
    private final Noticed noticed;
    private final BreachCounts counts;
    private final Clock clock;

    /** A watch. What it counts is shared with other orchestrators by the book. */
    public BreachWatch(
            Policy policy,
            Leases leases,
            OffenceBook book,
            Sentence sentence,
            Noticed noticed,
            BreachCounts counts,
            Clock clock) {
        this.policy = policy;
        this.threshold = policy.breach();
        this.jury = new Jury(threshold, policy::providersOf);
        this.leases = leases;
        this.book = book;
        this.sentence = sentence;
        this.noticed = noticed;
        this.counts = counts;
        this.clock = clock;
    }

    /**
     * Takes an instance's report.
     *
     * @param teller its name
     * @param lease its lease
     * @return fails when the shared state cannot be reached
     */
    public Future<Void> told(String teller, Lease lease, List<Violation> violations) {
        Future<Void> done = Future.succeededFuture();
        for (Map.Entry<String, List<Violation>> one :
                byInstance(teller, lease, violations).entrySet()) {
            done = done.compose(before -> accuse(one.getKey(), one.getValue()));
        }
        return done;
    }

    private Map<String, List<Violation>> byInstance(String teller, Lease lease, List<Violation> violations) {
        return violations.stream()
                .filter(one -> mayKnow(lease, one.operation()))
                .filter(one -> !one.token().instanceName().equals(teller))
                .collect(Collectors.groupingBy(
                        one -> one.token().instanceName(), LinkedHashMap::new, Collectors.toList()));
    }

    private boolean mayKnow(Lease lease, String operation) {
        return lease.mayProvide(operation) && policy.mayProvide(lease.service(), operation);
    }

    /** Whoever is not registered is nobody to quarantine, and would fill the book for nothing. */
    private Future<Void> accuse(String instance, List<Violation> violations) {
        return leases.find(instance)
                .compose(found ->
                        found.isEmpty() ? Future.succeededFuture() : accuse(instance, found.get(), violations));
    }

    private Future<Void> accuse(String instance, Lease lease, List<Violation> violations) {
        Party party = new Party(instance, lease.bearer(), lease.service());
        long now = clock.millis();
        Map<Offence, ViolationKind> offences = new LinkedHashMap<>();
        violations.stream()
                .filter(one -> policy.mayInvoke(lease.service(), one.operation()))
                .forEach(one -> offences.put(
                        new Offence(one.operation(), one.token() + "." + one.sequence(), now), one.kind()));
        return note(party, offences);
    }

    /**
     * Takes what an orchestrator saw itself of an instance, whose seed proved it.
     *
     * @param question what it was seen in; counts once
     */
    public Future<Void> saw(String instance, Lease lease, ViolationKind kind, String question) {
        Party party = new Party(instance, lease.bearer(), lease.service());
        return note(party, Map.of(Offence.seen(question, clock.millis()), kind));
    }

    /**
     * Takes what an orchestrator saw itself of somebody who proved to bear a credential. Which instance it was, if any, is not proved.
     *
     * @param question what it was seen in; counts once
     */
    public Future<Void> sawBearer(String bearer, String service, ViolationKind kind, String question) {
        Party party = new Party("", bearer, service);
        return note(party, Map.of(Offence.seen(question, clock.millis()), kind));
    }

    private Future<Void> note(Party party, Map<Offence, ViolationKind> offences) {
        return offences.isEmpty()
                ? Future.succeededFuture()
                : book.add(party.key(), List.copyOf(offences.keySet()), since(), threshold.count())
                        .compose(change -> {
                            offences.forEach((offence, kind) -> count(party, change, offence, kind));
                            return judge(party, change);
                        });
    }

    private long since() {
        return clock.millis() - threshold.window().toMillis();
    }

    private void count(Party party, OffenceBook.Change change, Offence offence, ViolationKind kind) {
        if (!change.before().has(offence)) {
            counts.violation(kind);
            LOG.warn("violation of " + party + ": " + kind
                    + (offence.operation().isEmpty() ? "" : " at ") + offence.operation());
        }
    }

    private Future<Void> judge(Party party, OffenceBook.Change change) {
        Verdict verdict = jury.judge(change.after());
        if (verdict == Verdict.BREACH) {
            return act(party).compose(acted -> book.settle(party.key(), clock.millis()));
        }
        if (verdict == Verdict.ACCUSED && jury.judge(change.before()) == Verdict.NONE) {
            noticed.raise(Alarm.ACCUSED_INSTANCE, party.toString());
        }
        return Future.succeededFuture();
    }

    private Future<Void> act(Party party) {
        noticed.raise(Alarm.BREACH, party.toString());
        return threshold.action() == BreachAction.ALARM
                ? Future.succeededFuture()
                : sentence.quarantine(party.instance(), party.bearer()).map(done -> {
                    if (done) {
                        noteQuarantine(party);
                    }
                    return null;
                });
    }

    private void noteQuarantine(Party party) {
        counts.quarantine();
        noticed.raise(Alarm.QUARANTINED, party.toString());
        LOG.error("QUARANTINED " + party);
    }

    /** Gives room in the shared map to others. */
    public Future<Void> forgetEnded() {
        return book.forgetEnded(since());
    }
}
