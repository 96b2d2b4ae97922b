// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Holds the direction of imports.
 *
 * <p>The root package is two things: words that every package may use (options, reasons, the trust bundle), and the
 * doors, {@link SecureEventBus} and {@link SecureVerticle} to the bus, {@link Bootstrap} and {@link DnsLocator} to the outside. The doors stand above the bus, the words below it.
 */
class ArchitectureTest {
    private static final String ROOT = "dev.latchkey.eventbus";
    private static final String CRYPTO = ROOT + ".crypto";
    private static final String BUS = ROOT + ".bus";

    private static final DescribedPredicate<JavaClass> DOORS =
            belongToAnyOf(SecureEventBus.class, SecureVerticle.class, Bootstrap.class, DnsLocator.class);
    private static final DescribedPredicate<JavaClass> WORDS =
            resideInAPackage(ROOT).and(DescribedPredicate.not(DOORS)).as("words");

    private static JavaClasses classes;

    @BeforeAll
    static void importClasses() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(ROOT);
    }

    @Test
    void layers_useOnlyTheLayersBelow() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("crypto")
                .definedBy(CRYPTO)
                .layer("policy")
                .definedBy(ROOT + ".policy")
                .layer("count")
                .definedBy(ROOT + ".count")
                .layer("transport")
                .definedBy(ROOT + ".transport")
                .layer("token")
                .definedBy(ROOT + ".token")
                .layer("words")
                .definedBy(WORDS)
                .layer("wire")
                .definedBy(ROOT + ".wire")
                .layer("registration")
                .definedBy(ROOT + ".registration")
                .layer("directory")
                .definedBy(ROOT + ".directory")
                .layer("bootstrap")
                .definedBy(ROOT + ".bootstrap")
                .layer("bus")
                .definedBy(BUS)
                .layer("doors")
                .definedBy(DOORS)
                .whereLayer("crypto")
                .mayNotAccessAnyLayer()
                .whereLayer("policy")
                .mayNotAccessAnyLayer()
                .whereLayer("count")
                .mayNotAccessAnyLayer()
                .whereLayer("transport")
                .mayNotAccessAnyLayer()
                .whereLayer("token")
                .mayOnlyAccessLayers("crypto")
                .whereLayer("words")
                .mayOnlyAccessLayers("crypto", "policy", "token")
                .whereLayer("wire")
                .mayOnlyAccessLayers("crypto", "token")
                .whereLayer("registration")
                .mayOnlyAccessLayers("crypto", "policy", "token", "words")
                .whereLayer("bootstrap")
                .mayOnlyAccessLayers("words", "doors")
                .whereLayer("directory")
                .mayOnlyAccessLayers("crypto", "registration")
                .ensureAllClassesAreContainedInArchitecture()
                .check(classes);
    }

    @Test
    void packages_haveNoCycles() {
        slices().assignedFrom(new PackageOrDoor()).should().beFreeOfCycles().check(classes);
    }

    @Test
    void bus_isEnteredByItsOneDoor() {
        noClasses()
                .that()
                .resideOutsideOfPackage(BUS)
                .and()
                .doNotBelongToAnyOf(SecureEventBus.class)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(BUS)
                .check(classes);
    }

    @Test
    void bus_showsNothingButJoining() {
        classes()
                .that()
                .resideInAPackage(BUS)
                .and()
                .doNotHaveSimpleName("Joining")
                .should()
                .notBePublic()
                .check(classes);
    }

    @Test
    void crypto_knowsNeitherTheBusNorVertx() {
        noClasses()
                .that()
                .resideInAPackage(CRYPTO)
                .should()
                .dependOnClassesThat(resideInAPackage("io.vertx..")
                        .or(resideInAPackage("dev.latchkey..").and(DescribedPredicate.not(resideInAPackage(CRYPTO)))))
                .check(classes);
    }

    /** It is optional: whoever has no use for metrics need not have it on the class path. */
    @Test
    void micrometer_isTouchedByItsBinderOnly() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(LatchkeyMetrics.class)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.micrometer..")
                .check(classes);
        noClasses()
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(LatchkeyMetrics.class)
                .check(classes);
    }

    @Test
    void ciphers_areTouchedByCryptoOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage(CRYPTO)
                .should()
                .dependOnClassesThat(resideInAnyPackage("javax.crypto..", "org.bouncycastle.."))
                .check(classes);
    }

    @Test
    void randomness_isSecure() {
        noClasses()
                .should()
                .dependOnClassesThat(belongToAnyOf(Random.class, ThreadLocalRandom.class, SplittableRandom.class))
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("java.util.random")
                .orShould()
                .callMethod(Math.class, "random")
                .check(classes);
    }

    @Test
    void logging_goesThroughVertx() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.logging")
                .orShould(ACCESS_STANDARD_STREAMS)
                .check(classes);
    }

    /** Each package is a slice, and the words are one; the doors belong to the packages that implement them. */
    private static final class PackageOrDoor implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
            if (javaClass.isEquivalentTo(Bootstrap.class) || javaClass.isEquivalentTo(DnsLocator.class)) {
                return SliceIdentifier.of(ROOT + ".bootstrap");
            }
            return SliceIdentifier.of(DOORS.test(javaClass) ? BUS : javaClass.getPackageName());
        }

        @Override
        public String getDescription() {
            return "the packages of " + ROOT + ", with the doors counted to what is behind them";
        }
    }
}
