// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static dev.latchkey.orchestrator.Realm.await;
import static dev.latchkey.orchestrator.Realm.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.eventbus.Alarm;
import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.DeniedException;
import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.orchestrator.audit.AuditOptions;
import dev.latchkey.orchestrator.audit.AuditReport;
import dev.latchkey.orchestrator.audit.AuditTrust;
import dev.latchkey.orchestrator.audit.AuditVerifier;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an orchestrator decides is on record, and what is not on record is not issued. */
class AuditedOrchestratorTest {
    private final Vertx vertx = Vertx.vertx();
    private final Realm realm = Realm.create();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        await(vertx.close());
    }

    private Path log() {
        return folder.resolve("audit");
    }

    private OrchestratorVerticle deploy() {
        return realm.deployOrchestrator(vertx, options -> options.setAudit(AuditOptions.in(log())));
    }

    private List<JsonObject> lines(String event) throws IOException {
        List<JsonObject> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(log())) {
            for (Path file : files.filter(one -> one.toString().endsWith(".jsonl"))
                    .sorted()
                    .toList()) {
                Files.readAllLines(file).stream()
                        .filter(line -> line.endsWith("\"}"))
                        .map(JsonObject::new)
                        .filter(line -> line.getString("event").equals(event))
                        .forEach(found::add);
            }
        }
        return found;
    }

    private AuditReport verify() throws IOException {
        AuditTrust trust =
                new AuditTrust(realm.trust().tokenKeys(), realm.trust().trustDomain());
        return new AuditVerifier(log(), trust, null).verify();
    }

    @Test
    void registration_isOnRecordWhenItIsAnswered_withWhatWasIssued() throws IOException {
        deploy();
        SecureEventBus greeter = realm.join(vertx, "greeter");
        JsonObject line = lines("REGISTERED").get(0);
        assertThat(line.getString("instance")).isEqualTo(greeter.instance());
        assertThat(line.getString("service")).isEqualTo("greeter");
        assertThat(line.getJsonArray("tokens").getJsonObject(0).getString("operation"))
                .isEqualTo("count");
        assertThat(line.getJsonArray("tokens").getJsonObject(0).getString("id")).startsWith(greeter.instance());
        assertThat(line.getJsonArray("keys").getJsonObject(0).getString("operation"))
                .isEqualTo("greet");
    }

    @Test
    void lifeOfAnInstance_isOnRecord_andTheLogIsWholeWhenTheOrchestratorHasStopped() throws IOException {
        OrchestratorVerticle orchestrator = deploy();
        SecureEventBus caller = realm.join(vertx, "caller");
        SecureEventBus greeter = realm.join(vertx, "greeter");
        await(caller.leave());
        await(orchestrator.revokeInstance(greeter.instance()));
        await(orchestrator.revokeService("greeter", Duration.ofMinutes(1)));
        await(orchestrator.rotate(Set.of("greet")));
        await(orchestrator.rotateNow(Set.of()));
        failure(orchestrator.liftQuarantine("nobody"));
        await(orchestrator.audit().admin("eve", "viewer", "revoke", "x", "refused: wrong role"));
        assertThat(((DeniedException) failure(SecureEventBus.join(vertx, realm.options("greeter")))).reason())
                .isEqualTo(DenialReason.REVOKED);
        await(vertx.undeploy(orchestrator.deploymentID()));
        assertThat(verify().problem()).isEmpty();
        assertThat(verify().uncovered()).isZero();
        assertThat(lines("STARTED")).hasSize(1);
        assertThat(lines("POLICY_LOADED").get(0).getInteger("services")).isEqualTo(3);
        assertThat(lines("LEFT").get(0).getString("instance")).isEqualTo(caller.instance());
        assertThat(lines("REVOKED").get(0).getString("instance")).isEqualTo(greeter.instance());
        assertThat(lines("REVOKED").get(1).getString("service")).isEqualTo("greeter");
        assertThat(lines("ROTATED").stream().map(line -> line.getString("how"))).contains("HASTENED", "REPLACED");
        assertThat(lines("QUARANTINE_LIFTED")).isEmpty();
        assertThat(lines("ADMIN").get(0).getString("outcome")).isEqualTo("refused: wrong role");
        assertThat(lines("REFUSED").get(0).getString("reason")).isEqualTo("REVOKED");
        assertThat(lines("STOPPED")).hasSize(1);
    }

    @Test
    void refusal_isOnRecord_withItsReason() throws IOException {
        deploy();
        failure(SecureEventBus.join(vertx, realm.options("caller").setCredential(() -> "nonsense")));
        await().untilAsserted(() -> assertThat(lines("REFUSED")).isNotEmpty());
        JsonObject line = lines("REFUSED").get(0);
        assertThat(line.getString("reason")).isEqualTo("BAD_CREDENTIAL");
        assertThat(line.getString("claimedService")).isEqualTo("caller");
        assertThat(line.encode()).doesNotContain("nonsense");
    }

    /** Anybody can be refused as often as he likes; the disk is not his to fill. */
    @Test
    void manyRefusals_areCountedInOneRecord() throws IOException {
        Realm still = Realm.withPolicy(
                Realm.POLICY, java.time.Clock.fixed(java.time.Instant.now(), java.time.ZoneOffset.UTC));
        still.deployOrchestrator(vertx, options -> options.setAudit(AuditOptions.in(log())));
        HandMadeInstance bad = new HandMadeInstance(still, vertx, "caller", "nonsense");
        for (int i = 0; i < 130; i++) {
            bad.register(Set.of());
        }
        await().untilAsserted(() -> assertThat(lines("REFUSED_MORE").stream()
                        .mapToInt(line -> line.getInteger("count"))
                        .sum())
                .isEqualTo(30));
        assertThat(lines("REFUSED")).hasSize(100);
    }

    @Test
    void quarantine_isOnRecord() throws IOException {
        String policy = Realm.POLICY + "breach: {count: 1, action: quarantine}\n";
        Realm strict = Realm.withPolicy(policy, java.time.Clock.systemUTC());
        strict.deployOrchestrator(vertx, options -> options.setAudit(AuditOptions.in(log())));
        new HandMadeInstance(strict, vertx, "caller", strict.credential("caller")).register(Set.of("greet"));
        await().untilAsserted(() -> assertThat(lines("QUARANTINED")).hasSize(1));
        assertThat(lines("ALARM").stream().map(line -> line.getString("kind"))).contains("BREACH", "QUARANTINED");
    }

    /** Amid a load of registrations the log's folder goes and comes back: whoever got in is on record, and nobody gets in between. */
    @Test
    void logThatCannotBeWritten_underLoad_issuesNothing_untilItCan() throws IOException {
        OrchestratorVerticle orchestrator = deploy();
        Set<String> joined = new ConcurrentSkipListSet<>();
        List<Future<SecureEventBus>> joining = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            joining.add(SecureEventBus.join(vertx, realm.options("caller").setJoinTimeout(Duration.ofSeconds(15)))
                    .onSuccess(bus -> joined.add(bus.instance())));
        }
        await().until(() -> joined.size() > 5);
        Path away = Files.move(log(), folder.resolve("away"));
        Throwable refused =
                failure(SecureEventBus.join(vertx, realm.options("greeter").setJoinTimeout(Duration.ofMillis(300))));
        assertThat(((DeniedException) refused).reason()).isEqualTo(DenialReason.UNAVAILABLE);
        await().until(() -> orchestrator.alarms().getOrDefault(Alarm.AUDIT_FAILED, 0L) == 1);
        int before = joined.size();
        failure(SecureEventBus.join(vertx, realm.options("greeter").setJoinTimeout(Duration.ofMillis(300))));
        assertThat(joined).hasSize(before);
        Files.move(away, log());
        await(Future.join(joining).otherwiseEmpty());
        assertThat(realm.join(vertx, "greeter").provides()).containsExactly("greet");
        await(vertx.undeploy(orchestrator.deploymentID()));
        assertThat(joined).hasSize(60);
        assertThat(lines("REGISTERED").stream().map(line -> line.getString("instance")))
                .containsAll(joined);
        assertThat(verify().problem()).isEmpty();
    }

    @Test
    void folderThatCannotBe_stopsTheStart() {
        OrchestratorVerticle orchestrator = realm.orchestrator(
                options -> options.setAudit(AuditOptions.in(folder.resolve("no").resolve("where"))));
        assertThat(failure(vertx.deployVerticle(orchestrator)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("audit: no log can be kept in");
    }
}
