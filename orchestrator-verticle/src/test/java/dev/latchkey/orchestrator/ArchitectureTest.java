// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds the direction of imports: the command line stands above the verticle, and all else below it. */
class ArchitectureTest {
    private static final String ROOT = "dev.latchkey.orchestrator";
    private static final String CLI = ROOT + ".cli..";
    private static final String OBSERVE = ROOT + ".observe..";
    private static final String SUGGEST = ROOT + ".suggest..";
    private static final String KEYS = ROOT + ".keys..";

    private static JavaClasses classes;

    @BeforeAll
    static void importClasses() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(ROOT);
    }

    @Test
    void packages_haveNoCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(classes);
    }

    @Test
    void verticle_isUsedByTheCommandLineOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT, CLI)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT)
                .check(classes);
    }

    @Test
    void suggestions_areUsedByTheCommandLineOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackages(SUGGEST, CLI)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(SUGGEST)
                .check(classes);
    }

    /** What instances say is never more than counted: it must reach neither keys nor leases nor decisions. */
    @Test
    void observations_knowNothingOfKeysStateOrIssuing() {
        noClasses()
                .that()
                .resideInAPackage(OBSERVE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(KEYS, ROOT + ".state..", ROOT + ".issue..", ROOT + ".credential..")
                .check(classes);
    }

    @Test
    void commandLine_isUsedByNothing() {
        noClasses()
                .that()
                .resideOutsideOfPackage(CLI)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(CLI)
                .check(classes);
    }

    @Test
    void orchestrator_knowsNeitherTheExamplesNorTheInsideOfTheBus() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.latchkey.examples..", "dev.latchkey.eventbus.bus..")
                .check(classes);
    }

    /** The cipher's place is {@code dev.latchkey.eventbus.crypto}; keystores and certificates have no other way in. */
    @Test
    void ciphers_areTouchedByKeysOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage(KEYS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javax.crypto..", "org.bouncycastle..")
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

    /** Only the program's entry holds the streams; a command writes to the writers that it is given. */
    @Test
    void standardStreams_areTouchedByTheEntryOnly() {
        noClasses()
                .that()
                .doNotHaveSimpleName("LatchkeyCommand")
                .should(ACCESS_STANDARD_STREAMS)
                .check(classes);
    }

    @Test
    void logging_goesThroughVertx() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.logging")
                .check(classes);
    }
}
