// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import java.util.HashMap;
import java.util.Map;

/// The names of all pickle opcodes up to protocol 5, for messages: Python's `pickletools`.
final class PickleOpcodes {
  private static final Map<Integer, String> NAMES = new HashMap<>();

  static {
    put(
        "(MARK .STOP 0POP 1POP_MARK 2DUP FFLOAT IINT JBININT KBININT1 LLONG MBININT2 NNONE PPERSID");
    put("QBINPERSID RREDUCE SSTRING TBINSTRING USHORT_BINSTRING VUNICODE XBINUNICODE aAPPEND");
    put("bBUILD cGLOBAL dDICT }EMPTY_DICT eAPPENDS gGET hBINGET iINST jLONG_BINGET lLIST");
    put("]EMPTY_LIST oOBJ pPUT qBINPUT rLONG_BINPUT sSETITEM tTUPLE )EMPTY_TUPLE uSETITEMS");
    put("GBINFLOAT BBINBYTES CSHORT_BINBYTES");
    String[] from80 = {
      "PROTO",
      "NEWOBJ",
      "EXT1",
      "EXT2",
      "EXT4",
      "TUPLE1",
      "TUPLE2",
      "TUPLE3",
      "NEWTRUE",
      "NEWFALSE",
      "LONG1",
      "LONG4",
      "SHORT_BINUNICODE",
      "BINUNICODE8",
      "BINBYTES8",
      "EMPTY_SET",
      "ADDITEMS",
      "FROZENSET",
      "NEWOBJ_EX",
      "STACK_GLOBAL",
      "MEMOIZE",
      "FRAME",
      "BYTEARRAY8",
      "NEXT_BUFFER",
      "READONLY_BUFFER"
    };
    for (int i = 0; i < from80.length; i++) {
      NAMES.put(0x80 + i, from80[i]);
    }
  }

  private PickleOpcodes() {}

  /// Takes words of an opcode's character and its name.
  private static void put(String words) {
    for (String word : words.split(" ", -1)) {
      NAMES.put((int) word.charAt(0), word.substring(1));
    }
  }

  /// Returns the name of an opcode, or its number.
  static String name(int opcode) {
    return NAMES.getOrDefault(opcode, String.format("0x%02x", opcode));
  }
}
