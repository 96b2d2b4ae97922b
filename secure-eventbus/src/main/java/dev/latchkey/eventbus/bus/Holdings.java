// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.crypto.SaltedBox;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.registration.Answer;
import dev.latchkey.eventbus.registration.ProviderKey;
import dev.latchkey.eventbus.registration.Revocations;
import dev.latchkey.eventbus.token.JwtException;
import dev.latchkey.eventbus.token.ServiceToken;
import dev.latchkey.eventbus.token.Tickets;
import dev.latchkey.eventbus.token.TokenGrant;
import dev.latchkey.eventbus.token.TokenId;
import dev.latchkey.eventbus.token.TokenReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an instance holds after an answer of an orchestrator. Immutable.
 *
 * @param instance its name, empty before it registered
 * @param sessions by operation that it invokes
 * @param boxes by provider key that it holds
 * @param provides operations that it holds a provider key of
 * @param leaseEnd when its lease ends, milliseconds since 1970; 0 before it registered
 * @param newest the latest timestamp of the tokens that were made for its seed so far, milliseconds since 1970
 * @param retired former sessions that an answer may still come in under
 */
record Holdings(
        String instance,
        Map<String, CallerSession> sessions,
        Map<KeyName, SaltedBox> boxes,
        Set<String> provides,
        long leaseEnd,
        long newest,
        List<CallerSession> retired)
        implements AutoCloseable {

    /** Names a provider key. */
    record KeyName(String operation, long epoch) {}

    static Holdings none() {
        return new Holdings("", Map.of(), Map.of(), Set.of(), 0, 0, List.of());
    }

    private static Set<String> operations(Map<KeyName, SaltedBox> boxes) {
        return boxes.keySet().stream().map(KeyName::operation).collect(Collectors.toUnmodifiableSet());
    }

    @Nullable
    SaltedBox box(String operation, long epoch) {
        return boxes.get(new KeyName(operation, epoch));
    }

    /** True when it provides the operation, and a key of this epoch is newer than all that it holds. */
    boolean isBehind(String operation, long epoch) {
        return provides.contains(operation)
                && boxes.keySet().stream()
                        .filter(key -> key.operation().equals(operation))
                        .allMatch(key -> key.epoch() < epoch);
    }

    /** The session of the token of this id, current or retired, or null. */
    @Nullable
    CallerSession session(TokenId id) {
        return Stream.concat(sessions.values().stream(), retired.stream())
                .filter(session -> session.grant().id().equals(id))
                .findFirst()
                .orElse(null);
    }

    /**
     * The holdings after an answer. Provider keys that it does not bring are erased; sessions retire until no answer can be
     * under way for them.
     *
     * @param seed the seed that the answer's tokens were made for
     * @throws IllegalArgumentException when a token is not acceptable; these holdings then stay as they were
     */
    Holdings replacedBy(Answer.Granted granted, SecretBytes seed, TokenReader reader, long now) {
        long before = granted.instance().equals(instance) ? newest : 0;
        Map<String, CallerSession> fresh = sessions(granted.tokens(), seed, reader, before);
        Map<KeyName, SaltedBox> renewed = renewBoxes(granted.keys());
        return new Holdings(
                granted.instance(),
                fresh,
                renewed,
                operations(renewed),
                granted.leaseExpiresAt(),
                newest(fresh, before),
                retire(now));
    }

    /**
     * When the first of its tokens ends, or its lease if it has none; milliseconds since 1970.
     *
     * @param inOutage whether tokens may be used past their end, for as long as each says
     */
    long end(boolean inOutage) {
        return sessions.values().stream()
                .map(session -> session.grant())
                .mapToLong(grant -> inOutage ? grant.graceEnd() : grant.expires() * 1000)
                .min()
                .orElse(leaseEnd);
    }

    /** True when what it holds has ended, in part at least. */
    boolean isOver(long now, boolean inOutage) {
        return leaseEnd != 0 && now >= end(inOutage);
    }

    private static long newest(Map<String, CallerSession> sessions, long before) {
        return sessions.values().stream()
                .mapToLong(session -> session.grant().timestamp())
                .reduce(before, Math::max);
    }

    private static Map<String, CallerSession> sessions(
            List<String> tokens, SecretBytes seed, TokenReader reader, long before) {
        Map<String, CallerSession> fresh = new HashMap<>();
        try {
            for (String compact : tokens) {
                ServiceToken token = read(compact, reader);
                requireNewer(token, before);
                fresh.put(token.grant().operation(), CallerSession.derive(token, seed));
            }
            // Not a copy, which compares names of other operations where it has no hashes.
            return Collections.unmodifiableMap(fresh);
        } catch (IllegalArgumentException e) {
            fresh.values().forEach(CallerSession::close);
            throw e;
        }
    }

    /**
     * A token's keys depend on seed, operation and timestamp. Orchestrators whose clocks differ, or step back, could give one
     * timestamp twice: its keys would number their messages from 0 again, and repeat nonces.
     */
    private static void requireNewer(ServiceToken token, long before) {
        if (token.grant().timestamp() <= before) {
            throw new IllegalArgumentException("the token is not newer than the last one for this seed");
        }
    }

    private static ServiceToken read(String compact, TokenReader reader) {
        try {
            return reader.read(compact);
        } catch (JwtException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Keeps the box of a key that stays: another thread may be opening a ticket with it. */
    private Map<KeyName, SaltedBox> renewBoxes(List<ProviderKey> keys) {
        Map<KeyName, SaltedBox> renewed = new HashMap<>();
        for (ProviderKey key : keys) {
            KeyName name = new KeyName(key.operation(), key.epoch());
            SaltedBox known = boxes.get(name);
            renewed.put(name, known == null ? Tickets.box(key.secret()) : known);
        }
        boxes.forEach((name, box) -> {
            if (!renewed.containsKey(name)) {
                box.close();
            }
        });
        return Map.copyOf(renewed);
    }

    private List<CallerSession> retire(long now) {
        List<CallerSession> kept = new ArrayList<>();
        for (CallerSession session : retired) {
            if (session.isOver(now)) {
                session.end(DenialReason.EXPIRED);
            } else {
                kept.add(session);
            }
        }
        kept.addAll(sessions.values());
        return List.copyOf(kept);
    }

    /** Ends the sessions that are revoked; true when there are some that a renewal would replace, or keys that it would bring. */
    boolean drop(Revocations revocations, String service, long now) {
        if (revocations.revokes(instance, service, now)) {
            sessions.values().forEach(session -> session.end(DenialReason.REVOKED));
            // A handler of this JVM may yet be at work for one, and would answer it without any key.
            retired.forEach(session -> session.end(DenialReason.REVOKED));
            return false;
        }
        List<CallerSession> stale = sessions.values().stream()
                .filter(session -> isStale(session, revocations))
                .toList();
        stale.forEach(session -> session.end(DenialReason.STALE_EPOCH));
        endRetired(revocations);
        return !stale.isEmpty() || provides.stream().anyMatch(operation -> lacksKey(operation, revocations));
    }

    /** Whoever has a key that is not honoured any more could seal an answer to what was sent before the last renewal. */
    private void endRetired(Revocations revocations) {
        retired.stream()
                .filter(session -> session.ended() == null && isStale(session, revocations))
                .forEach(session -> session.end(DenialReason.STALE_EPOCH));
    }

    private static boolean isStale(CallerSession session, Revocations revocations) {
        TokenGrant grant = session.grant();
        return revocations.isStale(grant.operation(), grant.epoch());
    }

    private boolean lacksKey(String operation, Revocations revocations) {
        return boxes.keySet().stream()
                .filter(key -> key.operation().equals(operation))
                .allMatch(key -> revocations.isStale(operation, key.epoch()));
    }

    /** Erases all keys. */
    @Override
    public void close() {
        sessions.values().forEach(session -> session.end(DenialReason.LEFT));
        retired.forEach(session -> session.end(DenialReason.LEFT));
        boxes.values().forEach(SaltedBox::close);
    }
}
