// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import dev.latchkey.examples.node.NodeException;
import dev.latchkey.examples.node.Patience;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Judges an attack by what its victims count before and after, and not by what the attacker thinks. */
final class Judge {
    private static final long SECONDS = 8;
    private static final long SILENCE_SECONDS = 1;
    private static final List<String> VICTIMS = List.of(AttackNode.VAULT, AttackNode.OTHER_VAULT, AttackNode.TELLER);

    private final Field field;

    Judge(Field field) {
        this.field = field;
    }

    AttackRow judge(String family, Attack attack) throws NodeException {
        Counts before = counts();
        Seen seen = attack.attempt().make();
        String reason = seen.reason().isEmpty() ? counted(attack, before) : seen.reason();
        Counts after = counts();
        boolean reached = seen.reached() || after.wrong() > before.wrong();
        boolean secret = field.containsSecret(seen.got()) || after.leaks() > before.leaks();
        return new AttackRow(
                family, attack.name(), attack.control(), attack.tried(), attack.expected(), reason, reached, secret);
    }

    /** Waits until a victim counted something, or long enough. */
    private String counted(Attack attack, Counts before) throws NodeException {
        boolean expectsSilence = attack.expected().contains(Attack.DROPPED);
        Patience patience = new Patience(expectsSilence ? SILENCE_SECONDS : SECONDS);
        String reason;
        do {
            reason = increase(attack.expected(), before.refusals(), counts().refusals());
        } while (reason.isEmpty() && patience.waits());
        return reason.isEmpty() ? Attack.DROPPED : reason;
    }

    /** A reason that was counted meanwhile, an expected one first. */
    private static String increase(Set<String> expected, Map<String, Long> before, Map<String, Long> after) {
        List<String> more = after.entrySet().stream()
                .filter(count -> count.getValue() > before.getOrDefault(count.getKey(), 0L))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        return more.stream().filter(expected::contains).findFirst().orElse(more.isEmpty() ? "" : more.get(0));
    }

    /**
     * What was counted so far.
     *
     * @param refusals by reason, alarms among them, over all victims
     * @param wrong messages that no handler should have got: an attacker's, or an honest one a second time
     * @param leaks sightings of secrets by the wiretap
     */
    private record Counts(Map<String, Long> refusals, long wrong, long leaks) {}

    private Counts counts() throws NodeException {
        Map<String, Long> refusals = new HashMap<>();
        Map<String, Integer> handled = new HashMap<>();
        long wrong = 0;
        for (String victim : VICTIMS) {
            JsonObject status = field.tell(victim, "status", new JsonObject());
            status.getJsonObject("refusals")
                    .forEach(e -> refusals.merge(e.getKey(), ((Number) e.getValue()).longValue(), Long::sum));
            status.getJsonObject("others")
                    .forEach(e -> handled.merge(e.getKey(), (Integer) e.getValue(), Integer::sum));
            wrong += status.getLong("honestTwice");
        }
        return new Counts(
                refusals,
                wrong + wrong(handled),
                Secrets.sightings(field.cluster().wire()));
    }

    private static long wrong(Map<String, Integer> handled) {
        return handled.entrySet().stream()
                .mapToLong(entry -> Ledger.wrong(entry.getKey(), entry.getValue()))
                .sum();
    }
}
