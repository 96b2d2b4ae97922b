// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static dev.latchkey.orchestrator.Realm.await;
import static dev.latchkey.orchestrator.Realm.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.eventbus.Alarm;
import dev.latchkey.eventbus.Bound;
import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.Observation;
import dev.latchkey.eventbus.Observation.Flow;
import dev.latchkey.eventbus.ViolationKind;
import dev.latchkey.eventbus.registration.Answer;
import dev.latchkey.eventbus.registration.Question;
import dev.latchkey.eventbus.registration.Violation;
import dev.latchkey.eventbus.token.TokenId;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is out, and who must not be: reports and registrations made by hand. */
class QuarantineTest {
    private static final int COUNT = 3;
    private static final Observation LIE = new Observation("x", Flow.SENT, "greeter", 1);
    private static final String POLICY = """
            version: 1
            trustDomain: test.latchkey
            defaults: {tokenLifetime: 60s, rotationInterval: 60s, leaseDuration: 60s}
            breach: {count: 3, window: 60s, reporters: 2, action: quarantine, quarantineFor: 10m}
            operations:
              greet: {addresses: [greeting.hello]}
              count: {addresses: [counting]}
              paint: {addresses: [painting]}
            services:
              caller: {invokes: [greet, count, paint]}
              greeter: {provides: [greet, paint]}
              counter: {provides: [count]}
              painter: {provides: [paint]}
            """;

    private final MovingClock clock = new MovingClock();
    private Realm realm = Realm.withPolicy(POLICY, clock);
    private final Vertx vertx = Vertx.vertx();
    private OrchestratorVerticle orchestrator;
    private HandMadeInstance accused;
    private HandMadeInstance greeter;
    private HandMadeInstance counter;

    @BeforeEach
    void start() {
        start(POLICY);
    }

    private void start(String policy) {
        realm = Realm.withPolicy(policy, clock);
        vertx.deploymentIDs().forEach(id -> await(vertx.undeploy(id)));
        orchestrator = realm.deployOrchestrator(vertx);
        accused = joined("caller");
        greeter = joined("greeter");
        counter = joined("counter");
    }

    @AfterEach
    void stop() {
        await(vertx.close());
    }

    private HandMadeInstance joined(String service) {
        return HandMadeInstance.joined(realm, vertx, service);
    }

    private static String outcome(Answer answer) {
        return answer instanceof Answer.Denied denied ? denied.reason().name() : "granted";
    }

    private long alarms(Alarm alarm) {
        return orchestrator.alarms().getOrDefault(alarm, 0L);
    }

    private long counted(ViolationKind kind) {
        return orchestrator.metrics().snapshot().getOrDefault("latchkey.violations{kind=" + kind + "}", -1L);
    }

    private Map<String, Instant> quarantined() {
        return await(orchestrator.quarantined());
    }

    private void assertNobodyIsOut() {
        assertThat(quarantined()).isEmpty();
        assertThat(alarms(Alarm.BREACH)).isZero();
        assertThat(outcome(accused.renew())).isEqualTo("granted");
    }

    private void accuseAtTwoOperations() {
        assertThat(outcome(greeter.accuse(accused.name(), "greet", 0, COUNT))).isEqualTo("granted");
        assertThat(outcome(counter.accuse(accused.name(), "count", 0, COUNT))).isEqualTo("granted");
    }

    /** What an orchestrator sees itself: the seed proves whose it is. */
    private void lie(HandMadeInstance instance, int times) {
        for (int i = 0; i < times; i++) {
            instance.renew(LIE);
        }
    }

    // Who is out.

    @Test
    void instance_thatTwoOperationsTellOf_isOut_withWhatItRegisteredWith() {
        accuseAtTwoOperations();
        assertThat(quarantined()).hasSize(2).containsKey(accused.name());
        assertThat(outcome(accused.renew())).isEqualTo("QUARANTINED");
        assertThat(outcome(accused.register(Set.of()))).isEqualTo("QUARANTINED");
        assertThat(alarms(Alarm.BREACH)).isOne();
        assertThat(alarms(Alarm.QUARANTINED)).isOne();
        assertThat(orchestrator.metrics().snapshot()).containsEntry("latchkey.quarantines", 1L);
        assertThat(counted(ViolationKind.OUT_OF_SCOPE)).isEqualTo(2 * COUNT);
    }

    @Test
    void others_areUntouched() {
        HandMadeInstance other = new HandMadeInstance(
                realm, vertx, "caller", realm.credentialAt("caller", earlier(Duration.ofMinutes(1))));
        assertThat(outcome(other.register(Set.of()))).isEqualTo("granted");
        Map<Long, String> keys = await(orchestrator.keyFingerprints("greet"));
        accuseAtTwoOperations();
        assertThat(outcome(other.renew())).isEqualTo("granted");
        assertThat(outcome(greeter.renew())).isEqualTo("granted");
        assertThat(await(orchestrator.keyFingerprints("greet"))).isEqualTo(keys);
    }

    private java.time.Clock earlier(Duration time) {
        return java.time.Clock.offset(clock, time.negated());
    }

    @Test
    void instance_thatAnOrchestratorSeesLie_isOut_withoutAnyReporter() {
        lie(accused, COUNT - 1);
        assertNobodyIsOut();
        assertThat(outcome(accused.renew(LIE))).isEqualTo("QUARANTINED");
        assertThat(quarantined()).containsKey(accused.name());
        assertThat(counted(ViolationKind.FALSE_OBSERVATION)).isEqualTo(COUNT);
    }

    @Test
    void provider_thatIsQuarantined_losesTheKeysOfItsOperations() {
        Map<Long, String> before = await(orchestrator.keyFingerprints("count"));
        for (int i = 0; i < COUNT; i++) {
            counter.renew(LIE);
        }
        assertThat(quarantined()).containsKey(counter.name());
        assertThat(await(orchestrator.keyFingerprints("count"))).doesNotContainValue(before.get(1L));
    }

    @Test
    void quarantine_endsByItself() {
        accuseAtTwoOperations();
        clock.advance(Duration.ofMinutes(9));
        assertThat(outcome(accused.register(Set.of()))).isEqualTo("QUARANTINED");
        clock.advance(Duration.ofMinutes(2));
        assertThat(quarantined()).isEmpty();
        assertThat(outcome(accused.register(Set.of()))).isEqualTo("granted");
    }

    @Test
    void quarantine_thatAnOperatorLifts_isOver_andTheCountBeginsAnew() {
        accuseAtTwoOperations();
        String out = accused.name();
        long number = await(orchestrator.liftQuarantine(out));
        assertThat(number).isPositive();
        assertThat(quarantined()).isEmpty();
        assertThat(outcome(accused.register(Set.of()))).isEqualTo("granted");
        lie(accused, COUNT - 1);
        assertThat(quarantined()).isEmpty();
        assertThat(alarms(Alarm.BREACH)).isOne();
    }

    @Test
    void lifting_ofNobody_saysSo() {
        assertThat(failure(orchestrator.liftQuarantine(accused.name())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(accused.name());
    }

    @Test
    void bearer_thatAsksForWhatPolicyForbids_isBarred_andRegisteredInstancesStay() {
        HandMadeInstance greedy = new HandMadeInstance(realm, vertx, "caller", realm.credential("caller"));
        for (int i = 0; i < COUNT; i++) {
            assertThat(outcome(greedy.register(Set.of("greet")))).isEqualTo("NOT_ALLOWED");
        }
        assertThat(outcome(greedy.register(Set.of("greet")))).isEqualTo("QUARANTINED");
        assertThat(outcome(greedy.register(Set.of()))).isEqualTo("QUARANTINED");
        assertThat(outcome(accused.renew())).isEqualTo("granted");
        assertThat(quarantined().keySet()).singleElement().asString().matches("[0-9a-f]{32}");
        await(orchestrator.liftQuarantine(quarantined().keySet().iterator().next()));
        assertThat(outcome(greedy.register(Set.of()))).isEqualTo("granted");
    }

    @Test
    void bearer_thatSaysToBeAnotherService_isBarred() {
        HandMadeInstance liar = new HandMadeInstance(realm, vertx, "greeter", realm.credential("caller"));
        for (int i = 0; i < COUNT; i++) {
            assertThat(outcome(liar.register(Set.of()))).isEqualTo("BAD_CREDENTIAL");
        }
        assertThat(outcome(liar.register(Set.of()))).isEqualTo("QUARANTINED");
        assertThat(counted(ViolationKind.WRONG_SERVICE)).isEqualTo(COUNT);
    }

    // Who must not be.

    @Test
    void oneOperation_howeverManyOfItsProvidersTell_raisesAnAlarmOnly() {
        for (int i = 0; i < 4; i++) {
            assertThat(outcome(joined("greeter").accuse(accused.name(), "greet", 100L * i, 60)))
                    .isEqualTo("granted");
        }
        assertNobodyIsOut();
        assertThat(alarms(Alarm.ACCUSED_INSTANCE)).isOne();
    }

    /** The greeter provides both, so it can make both up, or have the painter believe it. */
    @Test
    void twoOperationsThatOneServiceProvides_raiseAnAlarmOnly() {
        greeter.accuse(accused.name(), "greet", 0, COUNT);
        joined("painter").accuse(accused.name(), "paint", 0, COUNT);
        joined("greeter").accuse(accused.name(), "paint", 100, COUNT);
        assertNobodyIsOut();
        assertThat(alarms(Alarm.ACCUSED_INSTANCE)).isOne();
    }

    @Test
    void service_thatTellsOfWhatItMayNotProvide_isIgnored() {
        greeter.accuse(accused.name(), "greet", 0, COUNT);
        joined("greeter").accuse(accused.name(), "count", 0, COUNT);
        joined("caller").accuse(accused.name(), "count", 0, COUNT);
        assertNobodyIsOut();
        assertThat(counted(ViolationKind.OUT_OF_SCOPE)).isEqualTo(COUNT);
    }

    @Test
    void violation_thatIsToldManyTimes_isOne() {
        greeter.accuse(accused.name(), "greet", 0, COUNT);
        for (int i = 0; i < 5; i++) {
            joined("counter").accuse(accused.name(), "count", 0, COUNT - 1);
        }
        assertNobodyIsOut();
        assertThat(counted(ViolationKind.OUT_OF_SCOPE)).isEqualTo(2 * COUNT - 1);
    }

    @Test
    void violations_thatAreOld_doNotCount() {
        greeter.accuse(accused.name(), "greet", 0, COUNT);
        clock.advance(Duration.ofSeconds(40));
        accused.renew();
        counter.renew();
        clock.advance(Duration.ofSeconds(40));
        counter.accuse(accused.name(), "count", 0, COUNT);
        assertNobodyIsOut();
    }

    /** A registration is sealed, and can be sent again by whoever saw it pass. */
    @Test
    void violatingRegistration_thatSomebodyReplays_countsOnce() {
        HandMadeInstance greedy = new HandMadeInstance(realm, vertx, "caller", realm.credential("caller"));
        try (Question question = greedy.registering(Set.of("greet"))) {
            for (int i = 0; i < 5; i++) {
                assertThat(outcome(greedy.ask(question))).isEqualTo("NOT_ALLOWED");
            }
        }
        assertNobodyIsOut();
        assertThat(counted(ViolationKind.FORBIDDEN_DECLARATION)).isOne();
    }

    /** Without the seed nobody speaks for an instance. */
    @Test
    void lie_inAnothersName_countsForNobody() {
        HandMadeInstance stranger = joined("caller") /* the same service */;
        assertThat(stranger.name()).isNotEqualTo(accused.name());
        lie(stranger, COUNT);
        assertThat(quarantined()).containsKey(stranger.name()).doesNotContainKey(accused.name());
        assertThat(outcome(accused.renew())).isEqualTo("granted");
    }

    @Test
    void instance_thatAccusesItself_isNotBelieved() {
        HandMadeInstance both = joined("greeter");
        both.accuse(both.name(), "greet", 0, COUNT);
        assertThat(counted(ViolationKind.OUT_OF_SCOPE)).isZero();
    }

    @Test
    void flood_ofNamesThatNobodyHas_fillsNothing() {
        for (int i = 0; i < 5; i++) {
            long first = 1_000L * i;
            greeter = joined("greeter");
            assertThat(outcome(greeter.report(IntStream.range(0, Violation.MAX_TOLD)
                            .mapToObj(j ->
                                    new Violation(ViolationKind.OUT_OF_SCOPE, "greet", new TokenId(first + j, 1), 1))
                            .toList())))
                    .isEqualTo("granted");
        }
        assertNobodyIsOut();
        int kept = await(vertx.sharedData().getAsyncMap("latchkey.breaches").compose(map -> map.size()));
        assertThat(kept).isZero();
    }

    @Test
    void flood_ofReports_isRefused() {
        for (int i = 0; i < 20; i++) {
            greeter.accuse(accused.name(), "greet", 100L * i, 60);
        }
        assertThat(orchestrator.metrics().snapshot().get("latchkey.bound.hit{bound=" + Bound.REPORTS + "}"))
                .isGreaterThan(10L);
        assertNobodyIsOut();
    }

    /** Whoever is out does not take others along. */
    @Test
    void instance_thatIsOut_isNotBelieved() {
        lie(counter, COUNT);
        greeter.accuse(accused.name(), "greet", 0, COUNT);
        assertThat(outcome(counter.accuse(accused.name(), "count", 0, COUNT))).isNotEqualTo("granted");
        assertThat(quarantined()).containsKey(counter.name()).doesNotContainKey(accused.name());
        assertThat(outcome(accused.renew())).isEqualTo("granted");
    }

    @Test
    void actionAlarm_raisesTheAlarmEachTime_andNobodyIsOut() {
        start(POLICY.replace("action: quarantine", "action: alarm"));
        lie(accused, 2 * COUNT);
        assertThat(alarms(Alarm.BREACH)).isEqualTo(2);
        assertThat(alarms(Alarm.QUARANTINED)).isZero();
        assertThat(quarantined()).isEmpty();
        assertThat(outcome(accused.renew())).isEqualTo("granted");
        assertThat(DenialReason.ofCode(-7027)).isEqualTo(DenialReason.QUARANTINED);
    }
}
