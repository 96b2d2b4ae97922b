// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static dev.latchkey.orchestrator.Realm.await;
import static dev.latchkey.orchestrator.Realm.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.SecureEventBus;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.time.Clock;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys that are rotated because somebody asks for it. */
class RotationByEventTest {
    private final Realm realm =
            Realm.withPolicy(Realm.POLICY.replace("leaseDuration: 60s", "leaseDuration: 2s"), Clock.systemUTC());
    private final Vertx vertx = Vertx.vertx();
    private OrchestratorVerticle orchestrator;
    private SecureEventBus caller;
    private SecureEventBus greeter;

    @BeforeEach
    void start() {
        orchestrator = realm.deployOrchestrator(vertx);
        greeter = realm.join(vertx, "greeter");
        await(greeter.consumer("greeting.hello", message -> message.reply(message.body()))
                .completion());
        caller = realm.join(vertx, "caller");
    }

    @AfterEach
    void stop() {
        await(vertx.close());
    }

    private void askUntilRotated(int rotations) {
        for (int i = 0; orchestrator.tally().rotations() < rotations; i++) {
            assertThat(await(caller.request("greeting.hello", i)).body()).isEqualTo(i);
        }
        assertThat(await(caller.request("greeting.hello", "after")).body()).isEqualTo("after");
    }

    @Test
    void rotate_beforeItsTime_losesNothing() {
        await(orchestrator.rotate(Set.of("greet")));
        askUntilRotated(1);
        assertThat(greeter.refusals()).isEmpty();
    }

    @Test
    void rotateNow_isSurvivedByRequests() {
        await(orchestrator.rotateNow(Set.of()));
        askUntilRotated(2);
    }

    @Test
    void rotateNow_whileAHandlerIsAtWork_bringsItsAnswerYet() {
        Promise<Message<Object>> atWork = Promise.promise();
        await(greeter.consumer("greeting.room.slow", atWork::complete).completion());
        Future<Message<Object>> answer = caller.request("greeting.room.slow", "question");
        Message<Object> question = await(atWork.future());
        await(orchestrator.rotateNow(Set.of()));
        askUntilRotated(2);
        question.reply("late");
        assertThat(await(answer).body()).isEqualTo("late");
    }

    @Test
    void rotate_ofAnOperationThatPolicyDoesNotKnow_isRefused() {
        assertThat(failure(orchestrator.rotate(Set.of("no_such")))).isInstanceOf(IllegalArgumentException.class);
    }
}
