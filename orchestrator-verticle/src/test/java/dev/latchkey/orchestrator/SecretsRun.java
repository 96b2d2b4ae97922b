// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static org.awaitility.Awaitility.await;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.eventbus.SecureEventBusOptions;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.crypto.SigningKey;
import dev.latchkey.eventbus.token.TokenGrant;
import dev.latchkey.orchestrator.audit.AuditOptions;
import dev.latchkey.orchestrator.secrets.Mask;
import dev.latchkey.orchestrator.secrets.ObjectWalk;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The main class of a JVM of its own: an orchestrator and two instances on a cluster exchange messages, are refused and attacked, and
 * end. It prints each secret that their objects hold, masked, and dumps its heap while they live, when the instances have left, and
 * when the orchestrator was undeployed. What was said in exceptions and by {@code toString} it writes to a file.
 *
 * <p>The application's own references stay: whatever is left behind in an instance's objects is in the dump.
 */
public final class SecretsRun {
    private static final String POLICY = """
            version: 1
            trustDomain: test.latchkey
            defaults: {tokenLifetime: 60s, rotationInterval: 60s, leaseDuration: 60s}
            operations:
              greet: {addresses: [greeting], replay: sender}
              count: {addresses: [counting]}
            services:
              caller: {invokes: [greet]}
              greeter: {provides: [greet], invokes: [count]}
              counter: {provides: [count]}
            """;
    private static final String ADDRESS = "greeting";

    /** It is in the token, which everybody sees. */
    private static final String PUBLIC = ".authenticationMac";

    /** Never erased, so it must be found. It ends in ones, which the two alphabets of base64 write differently. */
    private static final SecretBytes CONTROL = control(SecretBytes.random(32));

    private final Path folder;
    private final PrintStream texts;
    private final MovingClock clock = new MovingClock();
    private final Set<String> told = new HashSet<>();
    private final Topology topology = Topology.clustered(3);
    private final Attacker attacker = new Attacker(topology.node(2));
    private @Nullable Realm realm = Realm.withPolicy(POLICY, clock);
    private final OrchestratorVerticle orchestrator;
    private final String deployment;
    private final SecureEventBus caller;
    private final SecureEventBus greeter;

    private SecretsRun(Path folder) throws IOException {
        this.folder = folder;
        this.texts = new PrintStream(Files.newOutputStream(folder.resolve("texts")), true, StandardCharsets.UTF_8);
        this.orchestrator = realm().orchestrator(options -> options.setAudit(AuditOptions.in(folder.resolve("audit"))));
        this.deployment = Realm.await(topology.node(0).deployVerticle(orchestrator));
        this.caller = join(0, "caller");
        this.greeter = join(1, "greeter");
        Realm.await(greeter.consumer(ADDRESS, SecretsRun::answer).completion());
    }

    /** Takes the folder to write to. */
    public static void main(String[] args) {
        try {
            new SecretsRun(Path.of(args[0])).run();
            System.out.println("done");
            System.out.flush();
        } catch (IOException | RuntimeException e) {
            LoggerFactory.getLogger(SecretsRun.class).error("the run broke off", e);
        }
        Runtime.getRuntime().halt(0);
    }

    private static SecretBytes control(SecretBytes random) {
        byte[] content = random.copy();
        Arrays.fill(content, 28, content.length, (byte) -1);
        return SecretBytes.taking(content);
    }

    private Realm realm() {
        if (realm == null) {
            throw new IllegalStateException("the realm's own keys were let go");
        }
        return realm;
    }

    /** The credential is in a file, as a deployment has it. */
    private SecureEventBus join(int node, String service) throws IOException {
        Path file = Files.writeString(folder.resolve(service + ".jwt"), realm().credential(service));
        byte[] signature = Base64.getUrlDecoder().decode(Files.readString(file).replaceAll(".*\\.", ""));
        tell(service + ".credential", signature);
        return Realm.await(SecureEventBus.join(
                topology.node(node), realm().options(service).setCredential(() -> read(file))));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void answer(Message<Object> message) {
        if ("fail".equals(message.body())) {
            message.fail(7, "as asked");
        } else {
            message.reply("done");
        }
    }

    private void run() throws IOException {
        control();
        exchange();
        beRefused();
        tellSecrets();
        expire();
        tellSecrets();
        dump("alive");
        tellSecrets();
        Realm.await(caller.leave());
        Realm.await(greeter.leave());
        note(Realm.failure(caller.request(ADDRESS, "too late")));
        dump("left");
        Realm.await(topology.node(0).undeploy(deployment));
        realm = null;
        dump("stopped");
    }

    /** One secret that is where no secret may be, in every form. */
    private void control() {
        byte[] secret = ObjectWalk.content(CONTROL);
        tell("control", secret);
        LoggerFactory.getLogger("dev.latchkey.control")
                .trace("control {}", HexFormat.of().formatHex(secret));
        texts.println(Base64.getEncoder().encodeToString(secret));
        texts.println("{\"x\":" + Base64.getUrlEncoder().encodeToString(secret));
        System.err.println(HexFormat.of().withUpperCase().formatHex(secret));
    }

    private void exchange() {
        for (int i = 0; i < 50; i++) {
            Realm.await(caller.request(ADDRESS, "hello"));
        }
        caller.publish(ADDRESS, "to all");
        note(Realm.failure(caller.request(ADDRESS, "fail")));
    }

    private void beRefused() {
        note(Realm.failure(caller.request("counting", "not invited")));
        note(Realm.failure(topology.node(2).eventBus().request(ADDRESS, "plaintext")));
        note(refusedJoin(realm().options("stranger")));
        note(refusedJoin(realm().options("caller").setCredential(() -> realm().credential("greeter"))));
        SigningKey stranger = SigningKey.generate();
        note(refusedJoin(realm().options("caller").setCredential(() -> realm().credential("caller", stranger, clock))));
        Clock yesterday = Clock.offset(clock, Duration.ofDays(-1));
        note(refusedJoin(realm().options("caller").setCredential(() -> realm().credentialAt("caller", yesterday))));
        Buffer frame = overheard();
        note(Realm.failure(attacker.request(ADDRESS, frame)));
        long replayed = refusals();
        attacker.publish(ADDRESS, frame);
        await().until(() -> refusals() > replayed);
    }

    private long refusals() {
        return greeter.refusals().values().stream().mapToLong(Long::longValue).sum();
    }

    private Throwable refusedJoin(SecureEventBusOptions options) {
        return Realm.failure(SecureEventBus.join(topology.node(0), options));
    }

    private Buffer overheard() {
        MessageConsumer<Buffer> ear = attacker.listen(ADDRESS);
        await().until(() -> {
            caller.publish(ADDRESS, "overheard");
            return !attacker.heard().isEmpty();
        });
        Realm.await(ear.unregister());
        return attacker.heard().get(0);
    }

    /** All tokens end at once, and the instances get new ones. */
    private void expire() {
        clock.advance(Duration.ofMinutes(2));
        note(Realm.failure(caller.request(ADDRESS, "expired")));
        await().atMost(Duration.ofSeconds(15)).until(() -> answers(caller));
    }

    private boolean answers(EventBus bus) {
        Future<Boolean> answered = bus.request(ADDRESS, "again?").map(true).recover(failure -> {
            note(failure);
            return Future.succeededFuture(false);
        });
        return Realm.await(answered);
    }

    private void note(Throwable failure) {
        failure.printStackTrace(texts);
    }

    private void tellSecrets() {
        ObjectWalk.from("caller", caller, this::tellOf);
        ObjectWalk.from("greeter", greeter, this::tellOf);
        ObjectWalk.from("orchestrator", orchestrator, this::tellOf);
    }

    private void tellOf(String path, Object object) {
        texts.println(object);
        if (!path.endsWith(PUBLIC)) {
            ObjectWalk.secretOf(object).forEach(secret -> tell(path, secret));
        }
        if (object instanceof TokenGrant grant && told.add(grant.id().toString())) {
            System.out.println("grant " + grant.operation() + " " + grant.timestamp());
        }
    }

    private void tell(String name, byte[] secret) {
        String line = "secret " + name + " " + Mask.of(secret);
        if (told.add(line)) {
            System.out.println(line);
        }
    }

    private void dump(String name) throws IOException {
        System.gc();
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .dumpHeap(folder.resolve(name + ".hprof").toString(), true);
    }
}
