/**
 * Builds the decoders from C to WebAssembly: `node packages/root/wasm/build.mjs`. Sources come from crates.io,
 * which holds them unchanged for ever; the compiler is zig, as `pip install ziglang==0.17.1`.
 *
 * libdeflate (MIT), LZ4 (BSD-2), xxHash (BSD-2), ZSTD (BSD-3), liblzma of xz 5.2 (public domain).
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const here = import.meta.dirname ?? new URL('.', import.meta.url).pathname;
const out = join(here, '../src/codec/wasm');
const work = mkdtempSync(join(tmpdir(), 'root-wasm-'));
const python = process.env.PYTHON ?? 'python3';

/** Crate, version and SHA-256 of its archive. */
const crates = {
  deflate: ['libdeflate-sys', '1.26.1', 'd7870e5fbd2766179a937c725fb11f4ca0ef025d982beb61bd3ce755425bd19c'],
  lz4: ['lz4-sys', '1.11.1+lz4-1.10.0', '6bd8c0d6c6ed0cd30b3652886bb8711dc4bb01d637a68105a3d5158039b418e6'],
  zstd: ['zstd-sys', '2.0.16+zstd.1.5.7', '91e19ebc2adc8f83e43039e79776e3fda8ca919132d68a1fed6a5faca2683748'],
  lzma: ['lzma-sys', '0.1.20', '5fda04ab3764e6cde78b9974eec4f779acaba7c4e84b36eca3cf77c581b85d27'],
};

const folders = {};
for (const [short, [name, version, digest]] of Object.entries(crates)) {
  const response = await fetch(`https://static.crates.io/crates/${name}/${name}-${version}.crate`);
  if (!response.ok) throw new Error(`${name} ${version}: ${response.status}`);
  const archive = Buffer.from(await response.arrayBuffer());
  const found = createHash('sha256').update(archive).digest('hex');
  if (found !== digest) throw new Error(`${name} ${version}: its digest is ${found}, not ${digest}`);
  writeFileSync(join(work, 'crate.tar.gz'), archive);
  execFileSync('tar', ['xzf', join(work, 'crate.tar.gz'), '-C', work]);
  folders[short] = join(work, `${name}-${version}`);
}

const deflate = join(folders.deflate, 'libdeflate');
const zstd = join(folders.zstd, 'zstd/lib');
const lzma = join(folders.lzma, 'xz-5.2/src');
const include = join(work, 'include');
mkdirSync(include);

function patch(from, to, ...changes) {
  let text = readFileSync(from, 'utf8');
  for (const [pattern, replacement] of changes) {
    if (!pattern.test(text)) throw new Error(`${from}: nothing to patch`);
    text = text.replace(pattern, replacement);
  }
  writeFileSync(to, text);
}
// 32-bit addresses, but 64-bit words.
const common = join(deflate, 'common_defs.h');
patch(common, common, [/^typedef size_t machine_word_t;/m, 'typedef uint64_t machine_word_t;']);
const mem = join(zstd, 'common/mem.h');
patch(
  mem,
  mem,
  [/return sizeof\(size_t\)==4;/, 'return 0;'],
  [/return sizeof\(size_t\)==8;/, 'return 1;'],
  [
    /^MEM_STATIC size_t MEM_readLEST\(const void\* memPtr\);/m,
    'MEM_STATIC U64 MEM_readLEST(const void* memPtr);',
  ],
  [
    /^MEM_STATIC size_t MEM_readLEST\(const void\* memPtr\)\n\{[^}]*\}/m,
    'MEM_STATIC U64 MEM_readLEST(const void* memPtr)\n{\n    return MEM_readLE64(memPtr);\n}',
  ],
);
const bits = join(zstd, 'common/bitstream.h');
patch(
  bits,
  bits,
  [/^typedef size_t BitContainerType;/m, 'typedef U64 BitContainerType;'],
  [/^MEM_STATIC size_t BIT_readBitsFast\(/m, 'MEM_STATIC BitContainerType BIT_readBitsFast('],
);
const huffman = join(zstd, 'decompress/huf_decompress.c');
patch(
  huffman,
  huffman,
  [/^static size_t HUF_initFastDStream\(/m, 'static U64 HUF_initFastDStream('],
  [/size_t const value = MEM_readLEST\(ip\) \| 1;/, 'U64 const value = MEM_readLEST(ip) | 1;'],
);
// Addresses do overflow, so this check stays.
const block = join(zstd, 'decompress/zstd_decompress_block.c');
patch(block, block, [/\(MEM_32bits\(\) && \(size_t\)\(oend - op\)/g, '(1 && (size_t)(oend - op)']);
// ZSTD's copy of xxHash leaves XXH3 out.
patch(join(zstd, 'common/xxhash.h'), join(include, 'xxhash.h'), [/^#\s*define XXH_NO_XXH3.*$/m, '']);
patch(join(here, 'mythread.h'), join(lzma, 'common/mythread.h'));
for (const name of ['lz4.h', 'lz4.c']) patch(join(folders.lz4, 'liblz4/lib', name), join(include, name));

function compile(name, ...words) {
  const target = join(work, `${name}.wasm`);
  const flags = '-target wasm32-wasi -mexec-model=reactor -O3 -msimd128 -mbulk-memory -g0 -Wl,--strip-all';
  execFileSync(
    python,
    ['-m', 'ziglang', 'cc', ...flags.split(' '), ...words, '-o', target, join(here, `${name}.c`)].flat(),
    { stdio: 'inherit' },
  );
  const bytes = readFileSync(target);
  if (WebAssembly.Module.imports(new WebAssembly.Module(bytes)).length > 0)
    throw new Error(`${name} needs something from outside`);
  const text = `/** Made by wasm/build.mjs from wasm/${name}.c. */\nexport const ${name}: string =\n  '${bytes.toString('base64')}';\n`;
  writeFileSync(join(out, `${name}.ts`), text);
  console.log(`${name}: ${bytes.length} bytes`);
}

mkdirSync(out, { recursive: true });
compile(
  'fast',
  '-DLZ4_FAST_DEC_LOOP=1',
  '-DXXH_HAS_INCLUDE(x)=0',
  '-DXXH_VECTOR=0',
  `-I${deflate}`,
  `-I${include}`,
);

const zstdCommon = ['entropy_common', 'error_private', 'fse_decompress', 'zstd_common', 'xxhash', 'debug'];
const zstdDecompress = ['huf_decompress', 'zstd_ddict', 'zstd_decompress', 'zstd_decompress_block'];
compile(
  'zstd',
  '-DZSTD_DISABLE_ASM -DZSTD_LEGACY_SUPPORT=0 -DDYNAMIC_BMI2=0 -DXXH_VECTOR=0'.split(' '),
  `-I${zstd}`,
  `-I${zstd}/common`,
  zstdCommon.map((file) => `${zstd}/common/${file}.c`),
  zstdDecompress.map((file) => `${zstd}/decompress/${file}.c`),
);

const xz = join(lzma, 'liblzma');
const xzFiles = {
  common:
    'common block_util filter_common stream_flags_common vli_size block_decoder block_header_decoder filter_decoder filter_flags_decoder index_hash stream_buffer_decoder stream_decoder stream_flags_decoder vli_decoder',
  check: 'check crc32_fast crc32_table crc64_fast crc64_table sha256',
  lz: 'lz_decoder',
  lzma: 'lzma2_decoder lzma_decoder',
};
const xzDefines =
  'STDINT_H STDBOOL_H INTTYPES_H STRING_H STRINGS_H LIMITS_H CHECK_CRC32 CHECK_CRC64 CHECK_SHA256 DECODERS DECODER_LZMA1 DECODER_LZMA2 __BUILTIN_EXPECT';
compile(
  'xz',
  '-DSIZEOF_SIZE_T=4 -DTUKLIB_SYMBOL_PREFIX=lzma_'.split(' '),
  xzDefines.split(' ').map((name) => `-DHAVE_${name}`),
  `-I${lzma}/common`,
  ['api', 'common', 'check', 'lz', 'rangecoder', 'lzma', 'delta', 'simple'].map(
    (folder) => `-I${xz}/${folder}`,
  ),
  Object.entries(xzFiles).flatMap(([folder, names]) =>
    names.split(' ').map((name) => `${xz}/${folder}/${name}.c`),
  ),
);
