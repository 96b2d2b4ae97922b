// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.issue;

import dev.latchkey.eventbus.crypto.SaltedBox;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.policy.AddressPattern;
import dev.latchkey.eventbus.policy.Mode;
import dev.latchkey.eventbus.registration.Answer;
import dev.latchkey.eventbus.registration.DirectoryKey;
import dev.latchkey.eventbus.registration.ProviderKey;
import dev.latchkey.eventbus.registration.Revocations;
import dev.latchkey.eventbus.token.ServiceToken;
import dev.latchkey.eventbus.token.TokenGrant;
import dev.latchkey.eventbus.token.TokenId;
import dev.latchkey.eventbus.token.TokenMint;
import dev.latchkey.orchestrator.directory.DirectoryKeys;
import dev.latchkey.orchestrator.policy.OperationPolicy;
import dev.latchkey.orchestrator.policy.Policy;
import dev.latchkey.orchestrator.policy.ServicePolicy;
import dev.latchkey.orchestrator.state.KeyEpoch;
import dev.latchkey.orchestrator.state.KeyLines;
import dev.latchkey.orchestrator.state.Lease;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Makes what a lease entitles to: tokens for what the instance invokes, provider keys for what it provides. */
final class Issuer {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Renewals spread over this share of their time, so that a fleet that started together does not renew together. */
    private static final double JITTER = 0.1;

    private final Policy policy;
    private final KeyLines lines;
    private final TokenMint mint;
    private final DirectoryKeys directories;
    private final Clock clock;

    Issuer(Policy policy, KeyLines lines, TokenMint mint, DirectoryKeys directories, Clock clock) {
        this.policy = policy;
        this.directories = directories;
        this.lines = lines;
        this.mint = mint;
        this.clock = clock;
    }

    /**
     * What an instance gets.
     *
     * @param answer the answer with it
     * @param grants what its tokens allow
     */
    record Issued(Answer.Granted answer, List<TokenGrant> grants) {}

    /** The answer to an instance with this lease and seed. */
    Issued grant(String instance, Lease lease, SecretBytes seed, Revocations revoked) {
        List<ServiceToken> tokens = invoked(lease)
                .map(operation -> token(instance, lease, operation, seed))
                .toList();
        return new Issued(
                answer(instance, lease, tokens, revoked),
                tokens.stream().map(ServiceToken::grant).toList());
    }

    private Answer.Granted answer(String instance, Lease lease, List<ServiceToken> tokens, Revocations revoked) {
        return new Answer.Granted(
                clock.millis(),
                instance,
                lease.expiresAt(),
                renewAfter(lease),
                policy.operations().values().stream()
                        .map(OperationPolicy::operation)
                        .toList(),
                policy.unlisted(),
                tokens.stream().map(ServiceToken::compact).toList(),
                provided(lease).flatMap(this::keys).toList(),
                revoked,
                invoked(lease).flatMap(this::directoryKeys).toList());
    }

    /** The answer to an instance that left. */
    Answer.Granted farewell(String instance) {
        return new Answer.Granted(
                clock.millis(), instance, 0, 0, List.of(), Mode.OFF, List.of(), List.of(), Revocations.none());
    }

    private Stream<OperationPolicy> invoked(Lease lease) {
        return declared(lease, lease.invokes(), ServicePolicy::invokes)
                .filter(name -> policy.mayInvoke(lease.service(), name))
                .map(policy.operations()::get);
    }

    private Stream<OperationPolicy> provided(Lease lease) {
        return declared(lease, lease.provides(), ServicePolicy::provides)
                .filter(name -> policy.mayProvide(lease.service(), name))
                .map(policy.operations()::get);
    }

    private Stream<String> declared(Lease lease, Set<String> named, Function<ServicePolicy, Set<String>> allowed) {
        ServicePolicy service = policy.services().get(lease.service());
        return (lease.declaresAll() && service != null ? allowed.apply(service) : named).stream();
    }

    private ServiceToken token(String instance, Lease lease, OperationPolicy operation, SecretBytes seed) {
        long now = clock.millis();
        KeyEpoch epoch = lines.line(operation.name()).active(now);
        TokenGrant grant = new TokenGrant(
                new TokenId(HexFormat.fromHexDigitsToLong(instance), RANDOM.nextLong()),
                lease.service(),
                operation.name(),
                operation.operation().addresses().stream()
                        .map(AddressPattern::toString)
                        .toList(),
                epoch.epoch(),
                now,
                now / 1000,
                ceilSeconds(now + operation.tokenLifetime().toMillis()),
                operation.failover(),
                ceilSeconds(operation.outageGrace().toMillis()));
        try (SaltedBox ticketBox = epoch.ticketBox()) {
            return mint.mint(grant, seed, ticketBox);
        }
    }

    private static long ceilSeconds(long millis) {
        return (millis + 999) / 1000;
    }

    private Stream<ProviderKey> keys(OperationPolicy operation) {
        return lines.line(operation.name()).epochs().stream().map(epoch -> epoch.toProviderKey(operation.name()));
    }

    private Stream<DirectoryKey> directoryKeys(OperationPolicy operation) {
        return lines.line(operation.name()).epochs().stream()
                .map(epoch -> directories.key(operation.name(), epoch.epoch()));
    }

    /** Half of whatever ends first, the lease or a token, less some jitter. */
    private long renewAfter(Lease lease) {
        long shortest = invoked(lease)
                .map(OperationPolicy::tokenLifetime)
                .mapToLong(Duration::toMillis)
                .reduce(policy.leaseDuration().toMillis(), Math::min);
        return (long) (shortest / 2.0 * (1 - JITTER * RANDOM.nextDouble()));
    }
}
