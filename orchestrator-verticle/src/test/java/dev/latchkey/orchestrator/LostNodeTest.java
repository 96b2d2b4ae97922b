// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static dev.latchkey.orchestrator.Outcomes.assertFails;
import static dev.latchkey.orchestrator.Outcomes.assertTimesOut;
import static dev.latchkey.orchestrator.Outcomes.brief;
import static dev.latchkey.orchestrator.Outcomes.patient;
import static dev.latchkey.orchestrator.Realm.await;
import static dev.latchkey.orchestrator.Realm.failure;
import static org.awaitility.Awaitility.await;

import dev.latchkey.eventbus.SecureEventBus;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node that closes while a request is under way: who waits on another node waits no longer than it said. */
class LostNodeTest {
    private static final String ADDRESS = "greeting.hello";
    private static final int CALLERS = 1;
    private static final int GREETERS = 2;
    private static final long LONGER_THAN_CLOSING_MILLIS = 4_000;

    private final Realm realm = Realm.create();
    private final Topology topology = Topology.clustered(3);
    private final Promise<Message<Object>> handling = Promise.promise();
    private SecureEventBus caller;
    private int closed = -1;

    @BeforeEach
    void join() {
        realm.deployOrchestrator(topology.node(0));
        caller = realm.join(topology.node(CALLERS), "caller");
        SecureEventBus greeter = realm.join(topology.node(GREETERS), "greeter");
        await(greeter.consumer(ADDRESS, handling::complete).completion());
    }

    @AfterEach
    void stop() {
        topology.closeAllBut(closed);
    }

    private void close(int node) {
        closed = node;
        await(topology.node(node).close());
    }

    private static DeliveryOptions outlastsTheClosing() {
        return new DeliveryOptions().setSendTimeout(LONGER_THAN_CLOSING_MILLIS);
    }

    @Test
    void request_whoseProvidersNodeCloses_timesOut_andTheNextFindsNobody() {
        Future<Message<Object>> request = caller.request(ADDRESS, "x", outlastsTheClosing());
        await(handling.future());
        close(GREETERS);
        assertTimesOut(request);
        await().until(() -> failure(caller.request(ADDRESS, "x", brief())) instanceof ReplyException missed
                && missed.failureType() == ReplyFailure.NO_HANDLERS);
        assertFails(caller.request(ADDRESS, "x", patient()), ReplyFailure.NO_HANDLERS);
    }

    @Test
    void question_whoseCallersNodeCloses_timesOut() {
        caller.request(ADDRESS, "x", patient());
        Future<Message<Object>> question = await(handling.future()).replyAndRequest("name?", outlastsTheClosing());
        close(CALLERS);
        assertTimesOut(question);
    }

    @Test
    void question_whoseCallersNodeClosed_timesOut() {
        caller.request(ADDRESS, "x", patient());
        Message<Object> message = await(handling.future());
        close(CALLERS);
        assertTimesOut(message.replyAndRequest("name?", brief()));
    }
}
