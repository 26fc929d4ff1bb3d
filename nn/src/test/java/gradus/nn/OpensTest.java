// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.ModuleAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.ModuleDesc;
import java.lang.constant.PackageDesc;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A user's own JPMS module, made on the spot: `package user; public class Net extends Module {
/// private Linear fc1; }`.
class OpensTest {
  private static final ClassDesc MODULE = Module.class.describeConstable().orElseThrow();
  private static final ClassDesc LINEAR = Linear.class.describeConstable().orElseThrow();

  @TempDir private Path folder;

  private Module net(boolean opened) throws IOException, ReflectiveOperationException {
    boolean byMaven = System.getProperty("basedir") != null; // which must use the module path
    assumeThat(byMaven || Module.class.getModule().isNamed())
        .as("without modules, which some editors leave out, nothing needs to be opened")
        .isTrue();
    assertThat(Module.class.getModule().getName())
        .as("the tests run on the module path")
        .isEqualTo("gradus.nn");
    byte[] net =
        ClassFile.of()
            .build(
                ClassDesc.of("user.Net"),
                type ->
                    type.withFlags(ClassFile.ACC_PUBLIC)
                        .withSuperclass(MODULE)
                        .withField("fc1", LINEAR, ClassFile.ACC_PRIVATE)
                        .withMethodBody(
                            ConstantDescs.INIT_NAME,
                            ConstantDescs.MTD_void,
                            ClassFile.ACC_PUBLIC,
                            code ->
                                code.aload(0)
                                    .invokespecial(
                                        MODULE, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
                                    .return_()));
    byte[] info =
        ClassFile.of()
            .buildModule(
                ModuleAttribute.of(
                    ModuleDesc.of("user"),
                    module -> {
                      module
                          .requires(
                              ModuleDesc.of("java.base"),
                              ClassFile.ACC_MANDATED,
                              System.getProperty("java.specification.version"))
                          .requires(ModuleDesc.of("gradus.nn"), 0, null)
                          .exports(PackageDesc.of("user"), 0);
                      if (opened) {
                        module.opens(PackageDesc.of("user"), 0, ModuleDesc.of("gradus.nn"));
                      }
                    }));
    Files.createDirectory(folder.resolve("user"));
    Files.write(folder.resolve("user/Net.class"), net);
    Files.write(folder.resolve("module-info.class"), info);
    var boot = ModuleLayer.boot();
    var configuration =
        boot.configuration().resolve(ModuleFinder.of(folder), ModuleFinder.of(), Set.of("user"));
    return (Module)
        boot.defineModulesWithOneLoader(configuration, Module.class.getClassLoader())
            .findLoader("user")
            .loadClass("user.Net")
            .getConstructor()
            .newInstance();
  }

  @Test
  void namesTheLineThatIsMissing() throws Exception {
    Module net = net(false);
    assertThatThrownBy(net::parameters)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "user.Net.fc1 cannot be read: add  opens user to gradus.nn;  to the module-info of"
                + " user");
  }

  @Test
  void readsAnOpenPackage() throws Exception {
    assertThat(net(true).parameters()).isEqualTo(List.of());
  }
}
