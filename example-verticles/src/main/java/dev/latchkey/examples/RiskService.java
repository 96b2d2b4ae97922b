// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples;

import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.examples.risk.RiskRules;
import dev.latchkey.examples.risk.RiskScorer;
import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;

/** Provides {@code calculate_risk}: scores the facts of an image by the rules in {@code risk-rules.json}. */
public final class RiskService extends CountingService {
    private final RiskScorer scorer = new RiskScorer(RiskRules.bundled());

    /** A service that counts nothing for anybody. */
    public RiskService() {
        this(new Traffic());
    }

    /** A service that counts its messages. */
    public RiskService(Traffic traffic) {
        super(traffic);
    }

    @Override
    protected Future<?> start(SecureEventBus bus) {
        return bus.<JsonObject>consumer(Addresses.RISK, this::score).completion();
    }

    private void score(Message<JsonObject> facts) {
        traffic().handled();
        try {
            facts.reply(scorer.score(facts.body()).toJson());
        } catch (IllegalArgumentException e) {
            facts.fail(Refused.BAD_REQUEST, e.getMessage());
        }
    }
}
