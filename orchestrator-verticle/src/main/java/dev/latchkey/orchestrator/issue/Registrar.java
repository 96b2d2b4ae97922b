// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.issue;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.ViolationKind;
import dev.latchkey.eventbus.crypto.OpenFailedException;
import dev.latchkey.eventbus.registration.Answer;
import dev.latchkey.eventbus.registration.ReceivedQuestion;
import dev.latchkey.eventbus.registration.Registration;
import dev.latchkey.eventbus.registration.RegistrationKind;
import dev.latchkey.eventbus.registration.Revocations;
import dev.latchkey.eventbus.registration.SealedFlow;
import dev.latchkey.eventbus.token.TokenMint;
import dev.latchkey.orchestrator.audit.AuditEvent;
import dev.latchkey.orchestrator.audit.AuditUnavailableException;
import dev.latchkey.orchestrator.breach.BreachWatch;
import dev.latchkey.orchestrator.credential.CredentialException;
import dev.latchkey.orchestrator.credential.Credentials;
import dev.latchkey.orchestrator.credential.Identity;
import dev.latchkey.orchestrator.directory.DirectoryKeys;
import dev.latchkey.orchestrator.keys.OrchestratorKeys;
import dev.latchkey.orchestrator.limit.QuestionLimit;
import dev.latchkey.orchestrator.observe.TrafficLog;
import dev.latchkey.orchestrator.policy.Policy;
import dev.latchkey.orchestrator.policy.ServicePolicy;
import dev.latchkey.orchestrator.state.Carried;
import dev.latchkey.orchestrator.state.KeyLines;
import dev.latchkey.orchestrator.state.Lease;
import dev.latchkey.orchestrator.state.Leases;
import dev.latchkey.orchestrator.state.RevocationList;
import dev.latchkey.orchestrator.state.SealedMap;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * Answers registrations, renewals and leavings.
 *
 * <p>In this order: open, judge the time, check the credential (or, of a known instance, the seed), check policy, make sure
 * that the question was not seen before, use up a credential that works once, write the lease, issue, write the audit log. Nothing is kept of a question that any check refuses,
 * save that it was a violation of policy, if somebody is proved to have asked it.
 */
public final class Registrar {
    private static final Logger LOG = LoggerFactory.getLogger("dev.latchkey.orchestrator");
    private static final SecureRandom RANDOM = new SecureRandom();

    /** How far an instance's clock may be off; its later messages are corrected by the answer. */
    static final Duration FRESHNESS = Duration.ofSeconds(60);

    /** As long as a question can be timely. */
    private static final Duration SEEN_FOR = FRESHNESS.multipliedBy(2);

    private final OrchestratorKeys keys;
    private final Policy policy;
    private final Credentials credentials;
    private final Leases leases;
    private final RevocationList revocations;
    private final SealedMap seen;
    private final Issuer issuer;
    private final Clock clock;
    private final Tally tally;
    private final TrafficLog observed;
    private final QuestionLimit limit;
    private final BreachWatch breaches;
    private final AuditTrail trail;

    /** A registrar. What it shares with other orchestrators is in the leases, the lines, and the map of seen questions. */
    public Registrar(
            OrchestratorKeys keys,
            Policy policy,
            Credentials credentials,
            Leases leases,
            KeyLines lines,
            RevocationList revocations,
            SealedMap seen,
            Clock clock,
            Tally tally,
            TrafficLog observed,
            QuestionLimit limit,
            BreachWatch breaches,
            AuditTrail trail) {
        this.keys = keys;
        this.policy = policy;
        this.credentials = credentials;
        this.leases = leases;
        this.revocations = revocations;
        this.seen = seen;
        this.issuer = new Issuer(
                policy,
                lines,
                new TokenMint(keys.signing(), policy.trustDomain()),
                new DirectoryKeys(keys.state()),
                clock);
        this.clock = clock;
        this.tally = tally;
        this.observed = observed;
        this.limit = limit;
        this.breaches = breaches;
        this.trail = trail;
    }

    /**
     * The sealed answer to a sealed question. A refusal is an answer too.
     *
     * @return fails with {@link OpenFailedException} when the question does not open, since there is no key to answer with
     */
    public Future<Buffer> answer(Buffer question) {
        ReceivedQuestion received;
        try {
            received = ReceivedQuestion.open(question, keys.registration(), policy.trustDomain());
        } catch (OpenFailedException e) {
            tally.denied();
            return Future.failedFuture(e);
        }
        // Composed, so that even what a check throws is answered, and the seed erased.
        return Future.succeededFuture()
                .compose(opened -> decide(received))
                .otherwise(failure -> refuse(received.registration(), failure))
                .map(answer -> seal(received, answer))
                .onComplete(done -> received.close());
    }

    private static Buffer seal(ReceivedQuestion received, Answer answer) {
        Buffer sealed = received.seal(answer);
        if (answer instanceof Answer.Granted granted) {
            granted.eraseKeys();
        }
        return sealed;
    }

    private Answer refuse(Registration registration, Throwable failure) {
        if (failure instanceof Denial denial && denial.reason() == DenialReason.OVERLOADED) {
            tally.overloaded();
            trail.refused(registration, denial.reason(), denial.reason().text());
            return new Answer.Denied(
                    clock.millis(), denial.reason(), denial.reason().text());
        }
        if (failure instanceof Denial denial) {
            tally.denied(refused(registration, denial.reason(), String.valueOf(denial.getMessage())));
            LOG.warn("refused " + registration.kind() + ": " + denial.reason());
            trail.refused(registration, denial.reason(), String.valueOf(denial.getMessage()));
            return new Answer.Denied(clock.millis(), denial.reason(), String.valueOf(denial.getMessage()));
        }
        tally.denied(refused(registration, DenialReason.UNAVAILABLE, DenialReason.UNAVAILABLE.text()));
        trail.refused(registration, DenialReason.UNAVAILABLE, DenialReason.UNAVAILABLE.text());
        if (!(failure instanceof AuditUnavailableException)) {
            LOG.error("could not answer " + registration.kind(), failure);
        }
        return new Answer.Denied(clock.millis(), DenialReason.UNAVAILABLE, DenialReason.UNAVAILABLE.text());
    }

    private Refused refused(Registration registration, DenialReason reason, String detail) {
        String claimed = policy.services().containsKey(registration.service()) ? registration.service() : "";
        return new Refused(clock.instant(), registration.kind(), claimed, reason, detail);
    }

    private Future<Answer> decide(ReceivedQuestion question) {
        Registration registration = question.registration();
        if (!isTimely(registration.sentAt(), clock.millis())) {
            return denied(DenialReason.BAD_REGISTRATION, "sent too long ago, or by a clock that is ahead");
        }
        if (mustIssue(registration) && !trail.mayIssue()) {
            return denied(DenialReason.UNAVAILABLE, DenialReason.UNAVAILABLE.text());
        }
        // Read while the credential or the lease is being checked.
        Future<Revocations> revoked = revocations.current();
        return switch (registration.kind()) {
            case REGISTER -> register(question, registration, revoked);
            case RENEW -> renew(question, registration, revoked);
            case LEAVE -> leave(question, registration);
            case REPORT -> report(question, registration, revoked);
        };
    }

    private static boolean mustIssue(Registration registration) {
        return registration.kind() == RegistrationKind.REGISTER || registration.kind() == RegistrationKind.RENEW;
    }

    private static boolean isTimely(long sentAt, long now) {
        return sentAt >= now - FRESHNESS.toMillis() && sentAt <= now + FRESHNESS.toMillis();
    }

    private Future<Answer> register(ReceivedQuestion question, Registration registration, Future<Revocations> revoked) {
        return credentials
                .verify(registration.credential())
                .recover(Registrar::badCredential)
                .compose(identity -> register(question, registration, revoked, identity));
    }

    private Future<Answer> register(
            ReceivedQuestion question, Registration registration, Future<Revocations> revoked, Identity identity) {
        return revoked.map(known -> requireFree(withinLimit(identity), known))
                .map(free -> admit(free, registration))
                .recover(failure -> noteViolation(question, identity, failure))
                .map(lease -> requireHonoured("", lease, revoked.result()))
                .compose(lease -> once(question).map(lease))
                .compose(lease -> credentials
                        .spend(identity, lease.commitment())
                        .recover(Registrar::badCredential)
                        .map(lease))
                .compose(lease -> open(lease, registration, revoked.result()));
    }

    /** Before anything else is judged: what is barred is no better for asking for less. */
    private Identity requireFree(Identity identity, Revocations revoked) {
        if (revoked.quarantine().bars(identity.bearerId(), clock.millis())) {
            throw new Denial(DenialReason.QUARANTINED, DenialReason.QUARANTINED.text());
        }
        return identity;
    }

    /**
     * Counts what is proved to be a violation, once for each question: anybody can send a question that he saw again. The refusal stays as
     * it is, also when it could not be counted.
     */
    private <T> Future<T> noteViolation(ReceivedQuestion question, Identity identity, Throwable failure) {
        ViolationKind violation = failure instanceof Denial denial ? denial.violation() : null;
        return violation == null
                ? Future.failedFuture(failure)
                : once(question)
                        .compose(first -> breaches.sawBearer(
                                identity.bearerId(), identity.service(), violation, question.fingerprint()))
                        .transform(counted -> Future.failedFuture(failure));
    }

    /** Only now, when it is proved whose registration it is: nobody uses up what belongs to another service. */
    private Identity withinLimit(Identity identity) {
        if (!limit.mayRegister(identity.service(), identity.credentialId())) {
            throw new Denial(DenialReason.OVERLOADED, DenialReason.OVERLOADED.text());
        }
        return identity;
    }

    /** Which rule it broke is for the log: one who has no credential need not learn how near he is. */
    private static <T> Future<T> badCredential(Throwable failure) {
        if (failure instanceof CredentialException) {
            LOG.warn("a credential is not acceptable: " + failure.getMessage());
            return denied(DenialReason.BAD_CREDENTIAL, DenialReason.BAD_CREDENTIAL.text());
        }
        return Future.failedFuture(failure);
    }

    /** The lease that the identity is entitled to. Nothing is written yet. */
    private Lease admit(Identity identity, Registration registration) {
        if (!identity.service().equals(registration.service())) {
            LOG.warn("a credential is not acceptable: it is for another service than it was shown for");
            throw new Denial(
                    DenialReason.BAD_CREDENTIAL, DenialReason.BAD_CREDENTIAL.text(), ViolationKind.WRONG_SERVICE);
        }
        ServicePolicy service = policy.services().get(identity.service());
        if (service == null) {
            throw new Denial(DenialReason.UNKNOWN_SERVICE, DenialReason.UNKNOWN_SERVICE.text());
        }
        requireAllowed("provide", registration.provides(), service.provides());
        requireAllowed("invoke", registration.invokes(), service.invokes());
        return new Lease(
                service.name(),
                registration.provides(),
                registration.invokes(),
                Lease.commitment(registration.seed()),
                leaseEnd(),
                registration.node(),
                identity.bearerId(),
                Carried.since(clock.millis()));
    }

    /** A lease that somebody put back into the map after its instance was revoked is of no use. */
    private Lease requireHonoured(String instance, Lease lease, Revocations revoked) {
        if (revoked.revokes(instance, lease.service(), clock.millis())) {
            throw excluded(instance, revoked);
        }
        return lease;
    }

    private Denial excluded(String instance, Revocations revoked) {
        DenialReason reason =
                revoked.quarantine().holds(instance, clock.millis()) ? DenialReason.QUARANTINED : DenialReason.REVOKED;
        return new Denial(reason, reason.text());
    }

    /** The lease of who is revoked has ended; but told only that, its library would register anew. */
    private Future<Lease> denyRevoked(String instance, Revocations revoked, Throwable noLease) {
        return revoked.revokes(instance, "", clock.millis())
                ? Future.failedFuture(excluded(instance, revoked))
                : Future.failedFuture(noLease);
    }

    private static void requireAllowed(String verb, Set<String> declared, Set<String> allowed) {
        if (!allowed.containsAll(declared)) {
            // Which operations exist is not told to a service that may not use them.
            throw new Denial(
                    DenialReason.NOT_ALLOWED,
                    "the service declares to " + verb + " what policy does not allow",
                    ViolationKind.FORBIDDEN_DECLARATION);
        }
    }

    private long leaseEnd() {
        return clock.millis() + policy.leaseDuration().toMillis();
    }

    private Future<Answer> open(Lease lease, Registration registration, Revocations revoked) {
        String instance = HexFormat.of().toHexDigits(RANDOM.nextLong());
        return leases.keep(instance, lease)
                .compose(kept -> grant(AuditEvent.REGISTERED, instance, kept, registration, revoked))
                .onSuccess(granted -> tally.registered());
    }

    /** Nobody gets anything that is not on record. */
    private Future<Answer> grant(
            AuditEvent event, String instance, Lease lease, Registration registration, Revocations revoked) {
        Issuer.Issued issued = issuer.grant(instance, lease, registration.seed(), revoked);
        return trail.issued(event, instance, lease, issued)
                .onFailure(unrecorded -> issued.answer().eraseKeys())
                .map(recorded -> {
                    tally.issued(issued.grants().size());
                    observed.note(lease.service(), registration.observed());
                    return issued.answer();
                });
    }

    private Future<Answer> renew(ReceivedQuestion question, Registration registration, Future<Revocations> revoked) {
        return lease(registration)
                .recover(noLease -> revoked.compose(known -> denyRevoked(registration.instance(), known, noLease)))
                .compose(lease -> revoked.map(known -> requireHonoured(registration.instance(), lease, known)))
                .compose(lease -> once(question).map(lease))
                .compose(lease -> noteFalsehood(question, lease))
                .compose(lease -> leases.keep(registration.instance(), renewed(lease, registration)))
                .compose(lease ->
                        grant(AuditEvent.RENEWED, registration.instance(), lease, registration, revoked.result()))
                .onSuccess(granted -> tally.renewed());
    }

    private Lease renewed(Lease lease, Registration registration) {
        Carried carried = lease.carried().and(plausible(lease, registration), clock.millis());
        return lease.until(leaseEnd()).at(registration.node()).carrying(carried);
    }

    /** What an instance cannot have taken is not shown to anybody. */
    private List<SealedFlow> plausible(Lease lease, Registration registration) {
        ServicePolicy provider = policy.services().get(lease.service());
        return registration.sealed().stream()
                .filter(flow -> provider != null && provider.provides().contains(flow.operation()))
                .filter(flow -> policy.services().containsKey(flow.caller()))
                .toList();
    }

    /** An honest library tells of its own service and of code on the plain bus. What is false was never believed; now it is counted. */
    private Future<Lease> noteFalsehood(ReceivedQuestion question, Lease lease) {
        Registration registration = question.registration();
        return TrafficLog.concernsOnly(lease.service(), registration.observed())
                ? Future.succeededFuture(lease)
                : breaches.saw(registration.instance(), lease, ViolationKind.FALSE_OBSERVATION, question.fingerprint())
                        .map(counted -> requireHonoured(registration.instance(), lease, revocations.known()));
    }

    /** Only an instance that lives, and no more often than it need, is listened to. */
    private Future<Answer> report(ReceivedQuestion question, Registration registration, Future<Revocations> revoked) {
        return lease(registration)
                .compose(lease -> revoked.map(known -> requireHonoured(registration.instance(), lease, known)))
                .map(lease -> withinReports(registration.instance(), lease))
                .compose(lease -> once(question).map(lease))
                .compose(lease -> breaches.told(registration.instance(), lease, registration.violations()))
                .map(counted -> {
                    tally.reported();
                    return issuer.farewell(registration.instance());
                });
    }

    private Lease withinReports(String instance, Lease lease) {
        if (!limit.mayReport(instance)) {
            throw new Denial(DenialReason.OVERLOADED, DenialReason.OVERLOADED.text());
        }
        return lease;
    }

    private Future<Answer> leave(ReceivedQuestion question, Registration registration) {
        return lease(registration)
                .compose(lease -> once(question).map(lease))
                .compose(lease -> leases.end(registration.instance()).map(lease))
                .map(lease -> {
                    tally.left();
                    trail.left(registration.instance(), lease);
                    observed.note(lease.service(), registration.observed());
                    return issuer.farewell(registration.instance());
                });
    }

    /** The lease that the instance's seed proves to be its own. */
    private Future<Lease> lease(Registration registration) {
        return leases.find(registration.instance())
                .map(found -> found.filter(lease -> lease.belongsTo(registration.seed()))
                        .orElseThrow(() -> new Denial(DenialReason.UNKNOWN_LEASE, DenialReason.UNKNOWN_LEASE.text())));
    }

    /** Refuses a question that any orchestrator has answered before. */
    private Future<Void> once(ReceivedQuestion question) {
        String fingerprint = question.fingerprint();
        return seen.create(fingerprint, new byte[0], SEEN_FOR)
                .compose(first -> first
                        ? Future.succeededFuture()
                        : seen.get(fingerprint)
                                .compose(found -> found.isPresent()
                                        ? denied(DenialReason.BAD_REGISTRATION, "this registration was seen before")
                                        // No orchestrator wrote that: somebody who saw the question wants it refused.
                                        : seen.put(fingerprint, new byte[0], SEEN_FOR)));
    }

    private static <T> Future<T> denied(DenialReason reason, String detail) {
        return Future.failedFuture(new Denial(reason, detail));
    }
}
