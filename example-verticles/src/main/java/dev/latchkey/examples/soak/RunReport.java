// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.soak;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/**
 * What one run saw, on one bus.
 *
 * @param bus which
 * @param accounts what became of the messages, by kind of stream
 * @param callers what each caller told at the end
 * @param providers what each provider told at the end, what it refused above all
 * @param faults what was done, and when
 * @param orchestrators what orchestrators did in each second
 */
record RunReport(
        SoakBus bus,
        Map<Kind, Account> accounts,
        List<JsonObject> callers,
        List<JsonObject> providers,
        List<String> faults,
        OrchestratorLoad orchestrators) {

    /** All streams together. */
    Account total() {
        return accounts.values().stream().reduce(Account.EMPTY, Account::plus);
    }

    /** Reasons for which messages were refused or failed, with how often. */
    JsonObject endings() {
        JsonObject sum = new JsonObject();
        for (JsonObject caller : callers) {
            add(sum, caller.getJsonObject("endings"));
            add(sum, caller.getJsonObject("churnEndings"));
        }
        return sum;
    }

    private static void add(JsonObject sum, JsonObject counts) {
        counts.forEach(count ->
                sum.put(count.getKey(), sum.getLong(count.getKey(), 0L) + ((Number) count.getValue()).longValue()));
    }

    long failedJoins() {
        return callers.stream()
                .mapToLong(caller -> caller.getLong("failedJoins"))
                .sum();
    }

    JsonObject toJson() {
        JsonObject streams = new JsonObject();
        accounts.forEach((kind, account) -> streams.put(kind.label(), account.toJson()));
        return new JsonObject()
                .put("bus", bus.label())
                .put("total", total().toJson())
                .put("streams", streams)
                .put("endings", endings())
                .put("failedJoins", failedJoins())
                .put("callers", new JsonArray(callers))
                .put("providers", new JsonArray(providers))
                .put("faults", new JsonArray(faults))
                .put("orchestrators", orchestrators.toJson());
    }
}
