package org.sparkvae.device.code;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Prints a kernel as PTX (NVIDIA, "Parallel Thread Execution ISA") of a version that drivers since
 * CUDA 9 read, for compute capability 5.0, from which they compile for any later card. A kernel of
 * more parameters than these take is for drivers since CUDA 12.1 and compute capability 7.0.
 */
public final class Ptx {
  private static final String HEADER =
      """
      .version %s
      .target %s
      .address_size 64
      """;

  /** Bytes of parameters before version 8.1 and compute capability 7.0; they take 32,764. */
  private static final int PARAMETER_BYTES = 4352;

  private final StringBuilder text = new StringBuilder();
  private final Kernel kernel;
  private final Map<Type, Integer> used = new EnumMap<>(Type.class);
  private int labels;

  /** Each has a predicate of the printer's own. */
  private int loops;

  private Ptx(Kernel kernel) {
    this.kernel = kernel;
  }

  /** A module with the kernel as its entry. */
  public static String of(Kernel kernel) {
    return new Ptx(kernel).print();
  }

  private String print() {
    print(kernel.body());
    String body = text.toString();
    StringBuilder whole = new StringBuilder(header());
    whole.append(".visible .entry ").append(kernel.name()).append("(");
    for (int i = 0; i < kernel.parameters().size(); i++) {
      String comma = i == 0 ? "" : ", ";
      whole.append(comma).append(".param .").append(kernel.parameters().get(i).ptx());
      whole.append(" p").append(i);
    }
    whole.append(")\n.maxntid ").append(kernel.threads()).append(", 1, 1\n{\n");
    used.forEach(
        (type, count) ->
            whole
                .append("  .reg .")
                .append(type.ptx())
                .append(" ")
                .append(type.prefix())
                .append("<")
                .append(count)
                .append(">;\n"));
    if (loops > 0) {
      whole.append("  .reg .pred %q<").append(loops).append(">;\n");
    }
    if (kernel.sharedBytes() > 0) {
      whole.append("  .shared .align 16 .b8 block[").append(kernel.sharedBytes()).append("];\n");
      whole.append("  .reg .u32 %base, %at;\n  mov.u32 %base, block;\n");
    }
    return whole.append(body).append("  ret;\n}\n").toString();
  }

  private String header() {
    int bytes = 0;
    for (Type type : kernel.parameters()) {
      // Each lies at a multiple of its own size.
      bytes = (bytes + type.bytes() - 1) / type.bytes() * type.bytes() + type.bytes();
    }
    return bytes > PARAMETER_BYTES
        ? HEADER.formatted("8.1", "sm_70")
        : HEADER.formatted("6.0", "sm_50");
  }

  private void print(List<Instruction> instructions) {
    instructions.forEach(this::print);
  }

  private void print(Instruction instruction) {
    if (instruction instanceof Instruction.Compute compute) {
      line("%s %s", mnemonic(compute), operands(compute.to(), compute.of()));
    } else if (instruction instanceof Instruction.Constant constant) {
      constant(constant);
    } else if (instruction instanceof Instruction.Argument argument) {
      Type type = kernel.parameters().get(argument.index());
      line("ld.param.%s %s, [p%d]", type.ptx(), name(argument.to()), argument.index());
    } else if (instruction instanceof Instruction.Locate locate) {
      line("mov.u32 %s, %s", name(locate.to()), locate.place().ptx());
    } else if (instruction instanceof Instruction.Load load) {
      String from = address(load.space(), load.address());
      line("ld.%s.%s %s, [%s]", space(load.space()), load.type().ptx(), name(load.to()), from);
    } else if (instruction instanceof Instruction.Store store) {
      String to = address(store.space(), store.address());
      line("st.%s.%s [%s], %s", space(store.space()), store.type().ptx(), to, name(store.value()));
    } else if (instruction instanceof Instruction.Barrier) {
      line("bar.sync 0");
    } else if (instruction instanceof Instruction.Repeat repeat) {
      repeat(repeat);
    } else {
      when((Instruction.When) instruction);
    }
  }

  private void repeat(Instruction.Repeat repeat) {
    int label = labels++;
    String done = "%q" + loops++;
    String counter = name(repeat.counter());
    line("mov.b32 %s, %s", counter, name(repeat.from()));
    text.append("again").append(label).append(":\n");
    line("setp.ge.s32 %s, %s, %s", done, counter, name(repeat.end()));
    line("@%s bra done%d", done, label);
    print(repeat.body());
    line("add.s32 %s, %s, %s", counter, counter, name(repeat.step()));
    line("bra again%d", label);
    text.append("done").append(label).append(":\n");
  }

  private void when(Instruction.When when) {
    int label = labels++;
    line("@!%s bra done%d", name(when.predicate()), label);
    print(when.body());
    text.append("done").append(label).append(":\n");
  }

  private void constant(Instruction.Constant constant) {
    String to = name(constant.to());
    switch (constant.to().type()) {
      case F32 -> line("mov.f32 %s, 0f%08X", to, Float.floatToRawIntBits((float) constant.value()));
      case F64 -> line("mov.f64 %s, 0d%016X", to, Double.doubleToRawLongBits(constant.value()));
      case S32 -> line("mov.b32 %s, %d", to, (int) constant.value());
      case S64 -> line("mov.b64 %s, %d", to, (long) constant.value());
      default -> throw new AssertionError(constant);
    }
  }

  private static String mnemonic(Instruction.Compute compute) {
    Type type = compute.of().get(0).type();
    Type to = compute.to().type();
    String rounded = type.isFloating() ? ".rn." + type.ptx() : "." + type.ptx();
    String bits = type == Type.PREDICATE ? ".pred" : type.bytes() == 8 ? ".b64" : ".b32";
    return switch (compute.what()) {
      case MOVE -> "mov." + (type == Type.PREDICATE ? "pred" : type.ptx());
      case ADD -> "add" + rounded;
      case SUBTRACT -> "sub" + rounded;
      case MULTIPLY -> type.isFloating() ? "mul" + rounded : "mul.lo" + rounded;
      case DIVIDE -> "div" + rounded;
      case REMAINDER -> "rem" + rounded;
      case MULTIPLY_ADD -> type.isFloating() ? "fma" + rounded : "mad.lo" + rounded;
      case MULTIPLY_ADD_WIDE -> "mad.wide.s32";
      case ROOT -> "sqrt" + rounded;
      case NEGATE -> "neg." + type.ptx();
      case MAGNITUDE -> "abs." + type.ptx();
      case AND -> "and" + bits;
      case OR -> "or" + bits;
      case XOR -> "xor" + bits;
      case SHIFT_LEFT -> "shl" + bits;
      case SHIFT_RIGHT -> "shr.u32";
      case SHIFT_RIGHT_SIGNED -> "shr.s32";
      case LESS -> "setp.lt." + type.ptx();
      case AT_MOST -> "setp.le." + type.ptx();
      case EQUAL -> "setp.eq." + type.ptx();
      case SELECT -> "selp." + (type.isFloating() ? type.ptx() : type == Type.S64 ? "b64" : "b32");
      case CONVERT -> convert(to, type);
      case REINTERPRET -> "mov.b32";
    };
  }

  private static String convert(Type to, Type from) {
    // An integer is rounded by name even where each has its own float64.
    boolean exact = from == Type.F32 && to == Type.F64 || from == Type.S32 && !to.isFloating();
    String rounded = exact ? "" : to.isFloating() ? ".rn" : ".rzi";
    return "cvt" + rounded + "." + to.ptx() + "." + from.ptx();
  }

  private String operands(Register to, List<Register> of) {
    StringBuilder names = new StringBuilder(name(to));
    of.forEach(register -> names.append(", ").append(name(register)));
    return names.toString();
  }

  /** Where the block's memory begins is not for the kernel to know. */
  private String address(Instruction.Space space, Register address) {
    if (space == Instruction.Space.GLOBAL) {
      return name(address);
    }
    line("add.u32 %%at, %%base, %s", name(address));
    return "%at";
  }

  private static String space(Instruction.Space space) {
    return space.name().toLowerCase(Locale.ROOT);
  }

  private String name(Register register) {
    used.merge(register.type(), register.number() + 1, Math::max);
    return register.toString();
  }

  private void line(String format, Object... arguments) {
    text.append("  ").append(String.format(Locale.ROOT, format, arguments)).append(";\n");
  }
}
