// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.latchkey.eventbus.SecureVerticle;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds that the examples are what a user of the library could have written. */
class ArchitectureTest {
    private static final String ROOT = "dev.latchkey.examples";
    private static final String IMAGING = ROOT + ".imaging..";
    private static final String RISK = ROOT + ".risk..";
    private static final String CATALOG = ROOT + ".catalog..";
    private static final String PUBLIC_API = "dev.latchkey.eventbus";

    private static JavaClasses classes;

    @BeforeAll
    static void importClasses() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(ROOT);
    }

    @Test
    void services_useTheirOwnLogicThePublicApiAndVertx() {
        classes()
                .that()
                .resideInAPackage(ROOT)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        ROOT, IMAGING, RISK, PUBLIC_API, "io.vertx.core..", "java..", "org.jspecify.annotations")
                .check(classes);
    }

    /** The generated proxy and handler included: they are in its package. */
    @Test
    void catalog_usesThePublicApiVertxAndServiceProxies() {
        classes()
                .that()
                .resideInAPackage(CATALOG)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        CATALOG,
                        PUBLIC_API,
                        "io.vertx.core..",
                        "io.vertx.serviceproxy",
                        "io.vertx.codegen..",
                        "java..",
                        "org.jspecify.annotations")
                .check(classes);
    }

    /** A service's interface and its implementation are what they would be on the plain bus. */
    @Test
    void catalog_knowsLatchkeyInItsVerticlesOnly() {
        noClasses()
                .that()
                .resideInAPackage(CATALOG)
                .and()
                .areNotAssignableTo(SecureVerticle.class)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.latchkey.eventbus..")
                .check(classes);
    }

    @Test
    void services_useNoInternalsOfVertx() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT, CATALOG)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx.core.impl..", "io.vertx.core.internal..", "io.vertx.core.eventbus.impl..")
                .check(classes);
    }

    /** Reading JSON from bytes takes a buffer: it is the one part of Vert.x that they share with JSON. */
    @Test
    void imagingAndRisk_knowJsonButNoBus() {
        noClasses()
                .that()
                .resideInAnyPackage(IMAGING, RISK)
                .should()
                .dependOnClassesThat(vertxBeyondJson().or(resideInAnyPackage("dev.latchkey.eventbus..", ROOT)))
                .check(classes);
    }

    private static DescribedPredicate<JavaClass> vertxBeyondJson() {
        return resideInAPackage("io.vertx..")
                .and(DescribedPredicate.not(resideInAnyPackage("io.vertx.core.json", "io.vertx.core.buffer")))
                .as("belong to Vert.x and are not JSON");
    }

    @Test
    void packages_haveNoCycles() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(classes);
    }

    @Test
    void demo_isUsedByNothing() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".demo..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".demo..")
                .check(classes);
    }
}
