// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import static dev.latchkey.examples.attack.Attack.UNHARMED;
import static dev.latchkey.examples.attack.Attack.attack;
import static dev.latchkey.examples.attack.Attack.control;

import dev.latchkey.eventbus.Alarm;
import dev.latchkey.eventbus.ViolationKind;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.registration.Question;
import dev.latchkey.eventbus.registration.Registration;
import dev.latchkey.eventbus.registration.RegistrationKind;
import dev.latchkey.eventbus.registration.Violation;
import dev.latchkey.eventbus.token.TokenId;
import dev.latchkey.eventbus.wire.Envelope;
import dev.latchkey.examples.node.NodeException;
import dev.latchkey.examples.node.Patience;
import dev.latchkey.orchestrator.credential.DeployerJwt;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Who was caught and goes on all the same; and who makes an innocent one look caught. */
final class QuarantineAttacks implements Family {
    /** As the suite's policy says. */
    private static final int COUNT = 10;

    private static final String QUARANTINED = "QUARANTINED";
    private static final List<String> OF_THE_VAULT = List.of("open_vault", "pay", "vote", "read_quiet");
    private static final long SECONDS = 8;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration APART = Duration.ofSeconds(100);

    private final Field field;
    private int credentials;

    QuarantineAttacks(Field field) {
        this.field = field;
    }

    @Override
    public String name() {
        return "quarantine";
    }

    @Override
    public List<Attack> attacks() {
        return List.of(
                control(
                        "accused by one service, however often",
                        "the mole, by the vault alone; it renews",
                        this::accusedByOne),
                attack(
                        "accused by two, and registers again",
                        "with its credential, under another seed",
                        QUARANTINED,
                        () -> accused((mole, credential) -> register(credential, Set.of()))),
                attack(
                        "accused by two, and renews",
                        "by its seed",
                        QUARANTINED,
                        () -> accused((mole, credential) -> renew(mole))),
                attack(
                        "accused by two, and sends",
                        "under the token that it has",
                        "REVOKED",
                        () -> accused((mole, credential) -> sendUntilRefused(mole.papers("open_vault")))),
                attack(
                        "asked for too much, then for what it may",
                        "ten times, with one credential",
                        QUARANTINED,
                        this::greedy),
                attack(
                        "a question that asks for too much, replayed",
                        "twenty times, to have its bearer barred",
                        UNHARMED,
                        this::greedyOnce),
                attack(
                        "a liar accuses the teller",
                        "three vaults, of all that vaults provide",
                        UNHARMED,
                        this::tellerFramed),
                attack(
                        "a liar speaks for another operation's provider",
                        "the vault, of the teller's operation",
                        UNHARMED,
                        this::speaksForOthers));
    }

    /** What somebody does who was quarantined. */
    @FunctionalInterface
    private interface Next {
        Seen of(Membership mole, String credential) throws NodeException;
    }

    /** One whose bearer nobody else is: two that are signed in one second would be one. */
    private String credential() {
        Clock clock = Clock.offset(Clock.systemUTC(), APART.multipliedBy(- ++credentials));
        return DeployerJwt.issue(field.forge().deployer(), Forge.DEPLOYER, Forge.DOMAIN, "mole", clock, HOUR);
    }

    private Membership member(String service) throws NodeException {
        return field.insider().join(service, field.forge().credential(service));
    }

    private static Stream<Violation> violations(String instance, String operation) {
        TokenId token = TokenId.parse(instance + "0000000000000001");
        return LongStream.range(0, COUNT)
                .mapToObj(sequence -> new Violation(ViolationKind.OUT_OF_SCOPE, operation, token, sequence));
    }

    /** An instance of a service says that it saw ten violations of another at each of some operations. */
    private void accuse(String service, String instance, List<String> operations) throws NodeException {
        List<Violation> told = operations.stream()
                .flatMap(operation -> violations(instance, operation))
                .toList();
        Seen seen = field.insider().outcome(Insider.report(member(service), told));
        if (!isTaken(seen)) {
            throw new NodeException("a report of the suite was refused: " + seen.reason());
        }
    }

    private Seen accusedByOne() throws NodeException {
        Membership mole = field.insider().join("mole", credential());
        accuse("vault", mole.granted().instance(), List.of("open_vault", "read_quiet"));
        accuse("vault", mole.granted().instance(), List.of("open_vault", "read_quiet"));
        return renew(mole);
    }

    private Seen accused(Next next) throws NodeException {
        String credential = credential();
        Membership mole = field.insider().join("mole", credential);
        accuse("vault", mole.granted().instance(), List.of("open_vault"));
        accuse("teller", mole.granted().instance(), List.of("ring_teller"));
        return next.of(mole, credential);
    }

    private Seen renew(Membership member) throws NodeException {
        return field.insider().outcome(Insider.renewal(member));
    }

    /** It may be taken until the notice has come. */
    private Seen sendUntilRefused(Papers papers) throws NodeException {
        Seen seen = send(papers);
        for (Patience patience = new Patience(SECONDS); isTaken(seen) && patience.waits(); ) {
            seen = send(papers);
        }
        return seen;
    }

    private Seen send(Papers papers) throws NodeException {
        Envelope envelope = field.request(Field.OPEN);
        return field.ask(AttackNode.VAULT, envelope, papers.request(envelope, Contents.json(field.id("control"))));
    }

    private static boolean isTaken(Seen seen) {
        return seen.reason().equals(Attack.ACCEPTED);
    }

    private static Registration registration(String credential, Set<String> provides) {
        return new Registration(
                RegistrationKind.REGISTER,
                System.currentTimeMillis(),
                "mole",
                credential,
                "",
                provides,
                Set.of(),
                SecretBytes.random(Registration.SEED_LENGTH));
    }

    private Seen register(String credential, Set<String> provides) throws NodeException {
        return field.insider().outcome(registration(credential, provides));
    }

    private Seen greedy() throws NodeException {
        String credential = credential();
        for (int i = 0; i < COUNT; i++) {
            register(credential, Set.of("pay"));
        }
        return register(credential, Set.of());
    }

    /** Anybody can send a sealed question again. */
    private Seen greedyOnce() throws NodeException {
        String credential = credential();
        try (Question question = field.insider().seal(registration(credential, Set.of("pay")))) {
            for (int i = 0; i < 2 * COUNT; i++) {
                field.insider().send(question.sealed());
            }
        }
        return unharmed(register(credential, Set.of()));
    }

    private static Seen unharmed(Seen seen) {
        return isTaken(seen) ? Seen.told(UNHARMED) : seen;
    }

    /** The accusation has to be heard, and to be worth no more than an alarm. */
    private Seen tellerFramed() throws NodeException {
        Map<String, Long> before = alarms();
        byte[] frame = field.capture(Field.OPEN).body();
        String teller = TokenId.read(frame, Frames.NAME).instanceName();
        for (int i = 0; i < 3; i++) {
            accuse("vault", teller, OF_THE_VAULT);
        }
        if (more(before, Alarm.QUARANTINED) > 0) {
            return Seen.told(QUARANTINED);
        }
        return more(before, Alarm.ACCUSED_INSTANCE) > 0 ? stillIn() : Seen.told("NOT_HEARD");
    }

    /** The teller goes on, and its credential is good for another instance. */
    private Seen stillIn() throws NodeException {
        String joined =
                field.tell(AttackNode.TELLER, "joinAnew", new JsonObject()).getString("reason");
        return joined.equals("JOINED") ? field.unharmed() : Seen.told(joined);
    }

    private Map<String, Long> alarms() throws NodeException {
        return Field.counts(field.tell(AttackNode.ORCHESTRATOR, "alarms", new JsonObject()));
    }

    private long more(Map<String, Long> before, Alarm alarm) throws NodeException {
        return alarms().getOrDefault(alarm.name(), 0L) - before.getOrDefault(alarm.name(), 0L);
    }

    private Seen speaksForOthers() throws NodeException {
        Membership mole = field.insider().join("mole", credential());
        accuse("vault", mole.granted().instance(), List.of("open_vault", "ring_teller"));
        return unharmed(renew(mole));
    }
}
