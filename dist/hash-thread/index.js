#!/usr/bin/env node
"use strict";
{
    const [major, minor, patch] = process.versions.node.split(".").map(Number);
    const [a, b, c] = [20, 18, 1];
    if (major < a || (major === a && (minor < b || (minor === b && patch < c)))) {
        const text = "go-proxy-setup needs Node 20.18.1 or newer, and " + process.execPath + " is Node " + process.versions.node + ". Install a newer one, or use an image that has it. [NODE_TOO_OLD]";
        if (process.env.GITHUB_ACTIONS === "true" && process.argv.length === 2)
            console.log("::error::" + text);
        else
            console.error("error: " + text);
        process.exit(process.argv.includes("exec") ? 125 : 1);
    }
}
const __builtin = name => {
    const found = process.getBuiltinModule(name);
    if (found === undefined)
        throw Object.assign(new Error(`No such built-in module: ${name}`), { code: "ERR_UNKNOWN_BUILTIN_MODULE" });
    return found;
};
var __webpack_exports__ = {};
;
const external_node_worker_threads_namespaceObject = __builtin("node:worker_threads");
;
const STOPPED_CODE = 'DOWNLOAD_CANCELLED';
function stoppedBefore(done) {
    return { code: STOPPED_CODE, message: `Stopped before ${done}.`, hint: '' };
}
function reasonOf(error) {
    return error instanceof Error ? error.message : String(error);
}
function codeOf(error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
    return typeof code === 'string' ? code : 'unknown reason';
}
function isFull(error) {
    return codeOf(error) === 'EMFILE' || codeOf(error) === 'ENFILE';
}
function whyNotWritten(error) {
    const code = codeOf(error);
    return WHY_NOT_WRITTEN[code] ?? code;
}
const WHY_NOT_WRITTEN = {
    LEADS_OUT: 'a link on the way to it leads out of the workspace',
    ENOENT: 'there is no such directory',
    ENOTDIR: 'there is a file where a directory should be',
    EISDIR: 'it is a directory',
    EACCES: 'this user may not write there',
    EPERM: 'this user may not write there',
    EROFS: 'the file system is read-only',
    ENOSPC: 'the disk is full',
    EDQUOT: 'the disk quota is used up',
    ELOOP: 'its links lead nowhere',
    ENXIO: 'nothing reads from it',
    EPIPE: 'its reader has closed it',
    READER_STALLED: 'its reader accepts no data',
};
function whyNotRead(code) {
    return WHY_NOT_READ[code] ?? code;
}
const WHY_NOT_READ = {
    ENOENT: 'there is no such file',
    ENOTDIR: 'there is no such file',
    EISDIR: 'it is a directory',
    EACCES: 'this user may not read it',
    EPERM: 'this user may not read it',
    ELOOP: 'its links lead nowhere',
    TOO_LARGE: 'it is too large',
    NOTHING_CAME: 'no program writes to it',
};
function ok(value) {
    return { ok: true, value };
}
function failed(...problems) {
    return { ok: false, problems };
}
;
const external_node_crypto_namespaceObject = __builtin("node:crypto");
;
const external_node_stream_namespaceObject = __builtin("node:stream");
;
const external_node_zlib_namespaceObject = __builtin("node:zlib");
;
function bufferSource(bytes) {
    return { size: bytes.length, read: async (offset, length) => bytes.subarray(offset, offset + length) };
}
const READ_AHEAD_BYTES = 1 << 20;
function readAhead(source) {
    let from = 0;
    let piece = Buffer.alloc(0);
    return {
        size: source.size,
        async read(offset, length) {
            const end = Math.min(offset + length, source.size);
            if (offset < from || end > from + piece.length) {
                if (length >= READ_AHEAD_BYTES)
                    return source.read(offset, length);
                from = offset;
                piece = await source.read(offset, READ_AHEAD_BYTES);
            }
            return piece.subarray(offset - from, Math.max(offset, end) - from);
        },
    };
}
const MAX_ZIP_BYTES = 500 << 20;
const MAX_ENTRIES = 1 << 20;
const MAX_DIRECTORY_BYTES = 64 << 20;
const END_SIZE = 22;
const MAX_COMMENT = 0xffff;
function zipFault(what) {
    return {
        ok: false,
        problems: [
            {
                code: 'ZIP_INVALID',
                message: `The module zip is invalid: ${what}.`,
                hint: 'The proxy did not send the module; another proxy has to serve it.',
            },
        ],
    };
}
async function readZipDirectory(source) {
    if (source.size > MAX_ZIP_BYTES)
        return zipFault('it is larger than 500 MiB');
    const directory = await locateDirectory(source);
    if (!directory.ok)
        return directory;
    const { offset, size, count } = directory.value;
    const bytes = await source.read(offset, size);
    if (bytes.length !== size)
        return zipFault('it is truncated');
    const entries = [];
    let total = 0;
    let at = 0;
    for (let i = 0; i < count; i++) {
        const entry = readEntry(bytes, at, offset);
        if (!entry.ok)
            return entry;
        entries.push(entry.value.entry);
        total += entry.value.entry.size;
        if (total > MAX_ZIP_BYTES)
            return zipFault('it unpacks to more than 500 MiB');
        at = entry.value.next;
    }
    if (at !== size)
        return zipFault('its directory has more entries than it says');
    return ok(entries);
}
async function locateDirectory(source) {
    const tailSize = Math.min(source.size, END_SIZE + MAX_COMMENT);
    const tailOffset = source.size - tailSize;
    const tail = await source.read(tailOffset, tailSize);
    const end = findEnd(tail);
    if (end < 0)
        return zipFault('it has no end-of-directory record (truncated, or not a zip)');
    let count = tail.readUInt16LE(end + 10);
    let size = tail.readUInt32LE(end + 12);
    let offset = tail.readUInt32LE(end + 16);
    if (tail.readUInt16LE(end + 4) !== 0)
        return zipFault('it spans several disks');
    let limit = tailOffset + end;
    if (count === 0xffff || size === 0xffffffff || offset === 0xffffffff) {
        const wide = await readZip64End(source, limit);
        if (!wide.ok)
            return wide;
        if (wide.value !== undefined)
            ({ count, size, offset, limit } = wide.value);
    }
    if (count > MAX_ENTRIES || size > MAX_DIRECTORY_BYTES)
        return zipFault('its directory is too large');
    if (offset + size > limit || count * 46 > size)
        return zipFault('its directory lies outside of the file');
    return ok({ offset, size, count });
}
async function isPlainZip(source) {
    const end = await source.read(source.size - END_SIZE, END_SIZE);
    if (end.length !== END_SIZE || end.readUInt32LE(0) !== 0x06054b50 || end.readUInt16LE(20) !== 0)
        return false;
    const [count, size, offset] = [end.readUInt16LE(10), end.readUInt32LE(12), end.readUInt32LE(16)];
    return count !== 0xffff && offset + size === source.size - END_SIZE;
}
function findEnd(tail) {
    for (let i = tail.length - END_SIZE; i >= 0; i--) {
        if (tail.readUInt32LE(i) === 0x06054b50 && i + END_SIZE + tail.readUInt16LE(i + 20) <= tail.length)
            return i;
    }
    return -1;
}
async function readZip64End(source, end) {
    if (end < 20)
        return ok(undefined);
    const locator = await source.read(end - 20, 20);
    if (locator.readUInt32LE(0) !== 0x07064b50)
        return ok(undefined);
    const at = Number(locator.readBigUInt64LE(8));
    if (!(at + 56 <= end - 20))
        return zipFault('its zip64 record lies outside of the file');
    const record = await source.read(at, 56);
    if (record.length !== 56 || record.readUInt32LE(0) !== 0x06064b50)
        return zipFault('its zip64 record is missing');
    return ok({
        count: Number(record.readBigUInt64LE(32)),
        size: Number(record.readBigUInt64LE(40)),
        offset: Number(record.readBigUInt64LE(48)),
        limit: at,
    });
}
function readEntry(bytes, at, dataEnd) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50)
        return zipFault('its directory is damaged');
    const flags = bytes.readUInt16LE(at + 8);
    const method = bytes.readUInt16LE(at + 10);
    const nameLength = bytes.readUInt16LE(at + 28);
    const extraLength = bytes.readUInt16LE(at + 30);
    const next = at + 46 + nameLength + extraLength + bytes.readUInt16LE(at + 32);
    if (next > bytes.length)
        return zipFault('its directory is damaged');
    const nameBytes = bytes.subarray(at + 46, at + 46 + nameLength);
    const sizes = widen({
        size: bytes.readUInt32LE(at + 24),
        compressedSize: bytes.readUInt32LE(at + 20),
        headerOffset: bytes.readUInt32LE(at + 42),
    }, bytes.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength));
    if (flags & 1)
        return zipFault('it is encrypted');
    if (method !== 0 && method !== 8)
        return zipFault(`it uses compression method ${method}`);
    if (sizes === undefined || sizes.headerOffset + 30 + sizes.compressedSize > dataEnd)
        return zipFault('an entry lies outside of the file');
    if (method === 0 && sizes.size !== sizes.compressedSize)
        return zipFault('the sizes of a stored entry contradict each other');
    const entry = {
        nameBytes,
        name: nameBytes.toString('utf8'),
        method: method === 0 ? 'stored' : 'deflated',
        crc: bytes.readUInt32LE(at + 16),
        descriptor: (flags & 8) !== 0,
        ...sizes,
    };
    return ok({ entry, next });
}
function widen(sizes, extra) {
    const wanted = ['size', 'compressedSize', 'headerOffset'].filter(name => sizes[name] === 0xffffffff);
    if (wanted.length === 0)
        return sizes;
    const wide = { ...sizes };
    for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
        if (extra.readUInt16LE(at) !== 1)
            continue;
        for (const [i, name] of wanted.entries()) {
            const place = at + 4 + i * 8;
            if (place + 8 > at + 4 + extra.readUInt16LE(at + 2) || place + 8 > extra.length)
                return undefined;
            wide[name] = Number(extra.readBigUInt64LE(place));
        }
        return wide;
    }
    return undefined;
}
async function locateData(source, entry) {
    const header = await source.read(entry.headerOffset, 30 + entry.nameBytes.length);
    if (header.length !== 30 + entry.nameBytes.length || header.readUInt32LE(0) !== 0x04034b50)
        return zipFault('an entry has no header');
    if (header.readUInt16LE(26) !== entry.nameBytes.length || !header.subarray(30).equals(entry.nameBytes)) {
        return zipFault('an entry has two names');
    }
    const offset = entry.headerOffset + header.length + header.readUInt16LE(28);
    return offset + entry.compressedSize > source.size ? zipFault('an entry lies outside of the file') : ok(offset);
}
async function findCrcFault(source, entry, dataOffset, crc) {
    if (entry.descriptor) {
        const bytes = await source.read(dataOffset + entry.compressedSize, 16);
        const at = bytes.length >= 8 && bytes.readUInt32LE(0) === 0x08074b50 ? 4 : 0;
        if (bytes.length < at + 12 || bytes.readUInt32LE(at) !== entry.crc)
            return 'a file has two checksums';
    }
    else if (entry.crc === 0)
        return undefined;
    return crc === entry.crc ? undefined : 'a file\u2019s checksum is wrong';
}
;
function hashGoMod(bytes) {
    return summarize([`${sha256(bytes)}  go.mod\n`]);
}
async function hashZip(source, module, take) {
    const directory = await readModuleZip(source, module);
    if (!directory.ok)
        return directory;
    const prefix = `${module.path}@${module.version}/`;
    const lines = [];
    for (const entry of [...directory.value].sort((a, b) => a.nameBytes.compare(b.nameBytes))) {
        const taker = take?.(entry.name.slice(prefix.length));
        const digest = await hashEntry(source, entry, taker).finally(() => taker?.close());
        if (!digest.ok)
            return digest;
        lines.push(`${digest.value}  ${entry.name}\n`);
    }
    return ok(summarize(lines));
}
async function readModuleZip(source, module) {
    const directory = await readZipDirectory(source);
    if (!directory.ok)
        return directory;
    const fault = findNameFault(directory.value, `${module.path}@${module.version}/`);
    if (fault !== undefined)
        return zipFault(fault);
    return findOverlap(directory.value) ? zipFault('two entries share their data') : directory;
}
function summarize(lines) {
    return `h1:${(0, external_node_crypto_namespaceObject.createHash)('sha256').update(lines.join('')).digest('base64')}`;
}
function sha256(bytes) {
    return (0, external_node_crypto_namespaceObject.hash)('sha256', bytes, 'hex');
}
function findNameFault(entries, prefix) {
    const seen = new Set();
    for (const { name, nameBytes } of entries) {
        if (Buffer.byteLength(name) !== nameBytes.length || !Buffer.from(name).equals(nameBytes))
            return 'a file name is not UTF-8';
        if (!name.startsWith(prefix))
            return 'it contains files that do not belong to this module';
        if (name.includes('\n'))
            return 'a file name contains a line break';
        if (name.includes('\\') || name.split('/').some(element => element === '..' || element === '.' || element === '')) {
            return 'a file name leads out of its directory';
        }
        const folded = name.toLowerCase();
        if (seen.has(folded))
            return 'two files have the same name';
        seen.add(folded);
    }
    return undefined;
}
function findOverlap(entries) {
    const sorted = [...entries].sort((a, b) => a.headerOffset - b.headerOffset);
    return sorted.some((entry, i) => {
        const before = sorted[i - 1];
        return (before !== undefined &&
            before.headerOffset + 30 + before.nameBytes.length + before.compressedSize > entry.headerOffset);
    });
}
const STREAM_FROM_BYTES = 2 << 20;
const CHUNK_BYTES = 1 << 20;
const MINIMUM_CHUNK_BYTES = 64;
async function hashEntry(source, entry, taker) {
    const offset = await locateData(source, entry);
    if (!offset.ok)
        return offset;
    const large = entry.size > STREAM_FROM_BYTES || entry.compressedSize > STREAM_FROM_BYTES;
    const digest = await (large ? digestLarge : digestSmall)(source, entry, offset.value, taker);
    if (!digest.ok)
        return digest;
    const fault = await findCrcFault(source, entry, offset.value, digest.value.crc);
    return fault === undefined ? ok(digest.value.sha256) : zipFault(fault);
}
async function digestSmall(source, entry, offset, taker) {
    const data = await source.read(offset, entry.compressedSize);
    if (data.length !== entry.compressedSize)
        return zipFault('it is truncated');
    const content = entry.method === 'stored' ? data : inflateWhole(data, entry.size);
    if (content === undefined)
        return zipFault('compressed data is damaged');
    if (content.length !== entry.size)
        return zipFault('a file is not as long as the directory says');
    taker?.write(content);
    return ok({ sha256: sha256(content), crc: (0, external_node_zlib_namespaceObject.crc32)(content) });
}
function inflateWhole(data, size) {
    try {
        const room = size + 1;
        return (0, external_node_zlib_namespaceObject.inflateRawSync)(data, { maxOutputLength: room, chunkSize: Math.max(MINIMUM_CHUNK_BYTES, room) });
    }
    catch {
        return undefined;
    }
}
async function digestLarge(source, entry, offset, taker) {
    const hash = (0, external_node_crypto_namespaceObject.createHash)('sha256');
    let size = 0;
    let crc = 0;
    try {
        for await (const chunk of contentOf(source, entry, offset)) {
            size += chunk.length;
            if (size > entry.size)
                return zipFault('a file is longer than the directory says');
            hash.update(chunk);
            crc = (0, external_node_zlib_namespaceObject.crc32)(chunk, crc);
            taker?.write(chunk);
        }
    }
    catch {
        return zipFault('compressed data is damaged');
    }
    return size === entry.size
        ? ok({ sha256: hash.digest('hex'), crc })
        : zipFault('a file is not as long as the directory says');
}
async function* contentOf(source, entry, offset) {
    const raw = rawChunks(source, entry, offset);
    if (entry.method === 'stored') {
        yield* raw;
        return;
    }
    const inflate = (0, external_node_zlib_namespaceObject.createInflateRaw)({ chunkSize: CHUNK_BYTES });
    const input = external_node_stream_namespaceObject.Readable.from(raw);
    input.on('error', error => inflate.destroy(error));
    input.pipe(inflate);
    try {
        for await (const chunk of inflate)
            yield chunk;
    }
    finally {
        input.destroy();
        inflate.destroy();
    }
}
async function* rawChunks(source, entry, offset) {
    for (let done = 0; done < entry.compressedSize;) {
        const chunk = await source.read(offset + done, Math.min(CHUNK_BYTES, entry.compressedSize - done));
        if (chunk.length === 0)
            throw new Error('cut');
        done += chunk.length;
        yield chunk;
    }
}
;
const HASH_TASK = 'hash-thread';
const HANDED_OVER = 2;
function openHashing(threads, count) {
    const waiting = new Set();
    const handedOver = new Map();
    const started = [];
    let ids = 0;
    let closed = false;
    const giveUp = () => {
        closed = true;
        for (const { thread } of started)
            thread.end();
        for (const one of [...waiting, ...handedOver.values()])
            one.settle(undefined);
        waiting.clear();
        handedOver.clear();
    };
    const startThread = () => {
        const one = {
            busy: 0,
            thread: threads.start(HASH_TASK, message => {
                const answer = message;
                one.busy--;
                handedOver.get(answer.id)?.settle(answer);
                handedOver.delete(answer.id);
                handOver();
            }, giveUp),
        };
        started.push(one);
    };
    const handOver = () => {
        for (;;) {
            const free = started.filter(({ busy }) => busy < HANDED_OVER).sort((a, b) => a.busy - b.busy)[0];
            const next = free && lastOf(waiting);
            if (free === undefined || next === undefined)
                return;
            waiting.delete(next);
            free.busy++;
            const id = ids++;
            handedOver.set(id, next);
            free.thread.post({ id, ...next.zip });
        }
    };
    for (let i = 0; i < count; i++)
        startThread();
    return {
        hash(zip, want) {
            const { unneeded } = want;
            if (closed || unneeded?.aborted)
                return Promise.resolve(undefined);
            return new Promise(resolve => {
                const one = { zip, want, settle: answer => resolve(tell(answer, want)) };
                unneeded?.addEventListener('abort', () => {
                    waiting.delete(one);
                    resolve(undefined);
                });
                waiting.add(one);
                handOver();
            });
        },
        close: giveUp,
    };
}
function tell(answer, { onHashed }) {
    if (answer !== undefined)
        onHashed?.(answer.took);
    return answer?.hashed;
}
function lastOf(waiting) {
    let [last, at] = [undefined, Number.NEGATIVE_INFINITY];
    for (const one of waiting) {
        const order = one.want.order();
        if (last === undefined || order > at)
            [last, at] = [one, order];
    }
    return last;
}
async function answerHash({ id, path, module }, files, clock) {
    const startMs = clock.now();
    const hashed = await hashFile({ path, module }, files);
    return { id, hashed, took: { startMs, ms: clock.now() - startMs } };
}
async function hashFile({ path, module }, files) {
    try {
        const file = await files.open(path);
        if (file === undefined)
            return { ok: false, what: 'it is gone' };
        try {
            const source = readAhead(file);
            const h1 = await hashZip(source, module);
            return h1.ok
                ? { ok: true, h1: h1.value, plain: await isPlainZip(source) }
                : { ok: false, what: h1.problems[0]?.message ?? 'it is not a module zip' };
        }
        finally {
            await file.close();
        }
    }
    catch (error) {
        return { ok: false, what: reasonOf(error) };
    }
}
;
const external_node_perf_hooks_namespaceObject = __builtin("node:perf_hooks");
;
const systemClock = {
    now: () => external_node_perf_hooks_namespaceObject.performance.now(),
    date: () => new Date(),
    sleep: (ms, signal) => new Promise(resolve => {
        if (signal?.aborted)
            return resolve();
        const done = () => {
            clearTimeout(timer);
            signal?.removeEventListener('abort', done);
            resolve();
        };
        const timer = setTimeout(done, timerMs(ms));
        signal?.addEventListener('abort', done);
    }),
    after: (ms, callback) => {
        const timer = setTimeout(callback, timerMs(ms));
        return () => clearTimeout(timer);
    },
    soon: callback => void setImmediate(callback),
};
function timerMs(ms) {
    return Math.min(ms, 2 ** 31 - 1);
}
;
const external_node_fs_namespaceObject = __builtin("node:fs");
;
const promises_namespaceObject = __builtin("node:fs/promises");
;
const external_node_path_namespaceObject = __builtin("node:path");
;
const ABSENT = ['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG'];
function absent(error) {
    if (ABSENT.includes(error.code))
        return undefined;
    throw error;
}
;
const external_node_timers_promises_namespaceObject = __builtin("node:timers/promises");
;
function isWithin(path, directory) {
    const way = (0, external_node_path_namespaceObject.relative)(directory, path);
    return way !== '..' && !way.startsWith(`..${external_node_path_namespaceObject.sep}`) && !(0, external_node_path_namespaceObject.isAbsolute)(way);
}
;
async function deliver(path, data, how, ways) {
    const { append = false, confinedTo } = how;
    const way = append ? ways.append : ways.replace;
    const opened = isOpened(path) ? await (0, promises_namespaceObject.stat)(path).catch(() => undefined) : undefined;
    if (opened !== undefined)
        return writeInto(path, data, how);
    const limit = confinedTo && (await (0, promises_namespaceObject.realpath)(confinedTo).catch(() => confinedTo));
    const { home, name } = await locate((0, external_node_path_namespaceObject.resolve)(path), limit);
    const held = limit === undefined ? undefined : await hold(home);
    try {
        const file = (0, external_node_path_namespaceObject.join)(held?.path ?? home, name);
        const stats = await (0, promises_namespaceObject.lstat)(file).catch(() => undefined);
        const isSpecial = stats && !stats.isFile() && !stats.isDirectory() && !stats.isSymbolicLink();
        await (isSpecial ? writeInto(file, data, how) : way(file));
    }
    finally {
        await held?.close();
    }
}
const MAX_LINKS = 40;
async function locate(path, limit) {
    const start = await homeOf(path, limit);
    if (start.leads === 'out')
        throw leadsOut(path);
    let at = { home: start.home, name: (0, external_node_path_namespaceObject.basename)(path) };
    for (let links = 0; links < MAX_LINKS; links++) {
        const link = await (0, promises_namespaceObject.readlink)((0, external_node_path_namespaceObject.join)(at.home, at.name)).catch(() => undefined);
        if (link === undefined)
            return at;
        const target = (0, external_node_path_namespaceObject.resolve)(at.home, link);
        const next = await homeOf(target, limit);
        if (limit !== undefined && isWithin(at.home, limit) && !isWithin(next.home, limit))
            return at;
        if (next.leads === 'out')
            throw leadsOut(path);
        at = { home: next.home, name: (0, external_node_path_namespaceObject.basename)(target) };
    }
    throw Object.assign(new Error(`too many links: ${path}`), { code: 'ELOOP' });
}
async function homeOf(path, limit) {
    const home = await realOf((0, external_node_path_namespaceObject.dirname)(path));
    if (limit === undefined || isWithin(home, limit))
        return { home, leads: 'where it says' };
    for (let above = (0, external_node_path_namespaceObject.dirname)(path); above !== (0, external_node_path_namespaceObject.dirname)(above); above = (0, external_node_path_namespaceObject.dirname)(above)) {
        if (isWithin(await realOf(above), limit))
            return { home, leads: 'out' };
    }
    return { home, leads: 'where it says' };
}
function realOf(path) {
    return (0, promises_namespaceObject.realpath)(path).catch(() => path);
}
function leadsOut(path) {
    return Object.assign(new Error(`a link leads out: ${path}`), { code: 'LEADS_OUT' });
}
async function hold(home) {
    if (process.platform !== 'linux')
        return undefined;
    const handle = await (0, promises_namespaceObject.open)(home, external_node_fs_namespaceObject.constants.O_RDONLY | external_node_fs_namespaceObject.constants.O_DIRECTORY | external_node_fs_namespaceObject.constants.O_NOFOLLOW).catch(() => undefined);
    if (handle === undefined)
        return undefined;
    const path = `/proc/self/fd/${handle.fd}`;
    const real = await (0, promises_namespaceObject.realpath)(path).catch(() => undefined);
    if (real === home)
        return { path, close: () => handle.close() };
    await handle.close();
    if (real !== undefined)
        throw leadsOut(home);
    return undefined;
}
function isOpened(path) {
    return process.platform !== 'win32' && /^\/(dev\/(fd\/|std(out|err)$)|proc\/[^/]+\/fd\/\d+$)/.test((0, external_node_path_namespaceObject.resolve)(path));
}
const AT_ONCE = external_node_fs_namespaceObject.constants.O_NONBLOCK ?? 0;
async function writeInto(path, data, { stallMs = STALL_MS }) {
    const file = await (0, promises_namespaceObject.open)(path, external_node_fs_namespaceObject.constants.O_WRONLY | external_node_fs_namespaceObject.constants.O_APPEND | AT_ONCE);
    try {
        await writeAll(file, Buffer.from(data), stallMs);
    }
    finally {
        await file.close();
    }
}
const STALL_MS = 10_000;
const LOOK_MS = 20;
async function writeAll(file, bytes, stallMs) {
    let written = 0;
    let movedMs = performance.now();
    while (written < bytes.length) {
        const now = await writeSome(file, bytes.subarray(written));
        written += now;
        if (now > 0)
            movedMs = performance.now();
        else if (performance.now() - movedMs < stallMs)
            await (0, external_node_timers_promises_namespaceObject.setTimeout)(LOOK_MS);
        else
            throw Object.assign(new Error('its reader accepts no data'), { code: 'READER_STALLED' });
    }
}
async function writeSome(file, bytes) {
    try {
        return (await file.write(bytes)).bytesWritten;
    }
    catch (error) {
        if (codeOf(error) === 'EAGAIN')
            return 0;
        throw error;
    }
}
;
function readOpenFilesLimit(path = '/proc/self/limits') {
    try {
        const limit = /^Max open files\s+(\d+)/m.exec(readFileSync(path, 'utf8'))?.[1];
        return limit === undefined ? undefined : Number(limit);
    }
    catch {
        return undefined;
    }
}
const PAUSE_MS = 20;
const TRIES = 1000;
function isFullText(text) {
    return /\b(EMFILE|ENFILE)\b/.test(text);
}
async function whenFree(work) {
    for (let tries = 1;; tries++) {
        try {
            return await work();
        }
        catch (error) {
            if (!isFull(error) || tries >= TRIES)
                throw error;
        }
        await pauseForDescriptor();
    }
}
function pauseForDescriptor() {
    return new Promise(resolve => setTimeout(resolve, PAUSE_MS));
}
function waitingForDescriptors(methods) {
    const patient = Object.entries(methods).map(([name, method]) => [
        name,
        (...args) => whenFree(async () => method(...args)),
    ]);
    return Object.fromEntries(patient);
}
;
const NO_FOLLOW = (external_node_fs_namespaceObject.constants.O_NOFOLLOW ?? 0) | (external_node_fs_namespaceObject.constants.O_NONBLOCK ?? 0);
const REMOVE = { recursive: true, force: true, maxRetries: 3 };
async function holdDirectory(path) {
    if (process.platform === 'win32') {
        const stats = await (0, promises_namespaceObject.lstat)(path).catch(absent);
        return stats?.isDirectory()
            ? held({ path, base: path, stats, isFirm: true, isOwn: true, makePrivate, close: private_directory_close })
            : undefined;
    }
    const handle = await (0, promises_namespaceObject.open)(path, external_node_fs_namespaceObject.constants.O_RDONLY | external_node_fs_namespaceObject.constants.O_DIRECTORY | NO_FOLLOW).catch(notDirectory);
    if (handle === undefined)
        return undefined;
    const stats = await handle.stat();
    const byHandle = `/proc/self/fd/${handle.fd}`;
    const seen = await (0, promises_namespaceObject.stat)(byHandle).catch(() => undefined);
    const isFirm = seen !== undefined && isSame(seen, stats);
    return held({
        path,
        base: isFirm ? byHandle : path,
        stats,
        isFirm: isFirm || (await isShielded((0, external_node_path_namespaceObject.dirname)(path))),
        isOwn: stats.uid === process.geteuid?.(),
        makePrivate: () => handle.chmod(0o700),
        close: () => handle.close(),
    });
}
const makePrivate = async () => { };
const private_directory_close = async () => { };
function notDirectory(error) {
    if (error.code === 'ELOOP' || error.code === 'EACCES')
        return undefined;
    return absent(error);
}
function isSame(a, b) {
    return a.dev === b.dev && a.ino === b.ino;
}
async function isShielded(parent) {
    const stats = await (0, promises_namespaceObject.stat)(parent);
    const isTrusted = stats.uid === 0 || stats.uid === process.geteuid?.();
    const [sticky, writableByOthers] = [0o1000, 0o022];
    return isTrusted && ((stats.mode & sticky) !== 0 || (stats.mode & writableByOthers) === 0);
}
function held({ path, base, stats, isFirm, isOwn, makePrivate, close }) {
    const isPrivate = process.platform === 'win32' || (stats.mode & 0o777) === 0o700;
    return {
        isFirm,
        isOwn,
        isPrivate,
        isOfOwnerAbove: async () => isOwn || (await (0, promises_namespaceObject.stat)((0, external_node_path_namespaceObject.dirname)(path))).uid === stats.uid,
        readSmall: (name, maxBytes) => readSmall((0, external_node_path_namespaceObject.join)(base, name), stats.uid, maxBytes),
        async remove(inner) {
            if (!isPrivate)
                await makePrivate();
            if (inner !== undefined)
                return (0, promises_namespaceObject.rm)((0, external_node_path_namespaceObject.join)(base, inner), REMOVE);
            for (let tries = 0;; tries++) {
                for (const name of await (0, promises_namespaceObject.readdir)(base))
                    await (0, promises_namespaceObject.rm)((0, external_node_path_namespaceObject.join)(base, name), REMOVE);
                try {
                    return await (0, promises_namespaceObject.rmdir)(path);
                }
                catch (error) {
                    const { code } = error;
                    if (code === 'ENOENT')
                        return;
                    if (code !== 'ENOTEMPTY' || tries >= MAX_TRIES)
                        throw error;
                }
            }
        },
        close,
    };
}
const MAX_TRIES = 3;
async function readSmall(path, uid, maxBytes) {
    const file = await (0, promises_namespaceObject.open)(path, external_node_fs_namespaceObject.constants.O_RDONLY | NO_FOLLOW).catch(error => error.code === 'ENXIO' ? undefined : absent(error));
    if (file === undefined)
        return undefined;
    try {
        const stats = await file.stat();
        if (!stats.isFile() || stats.uid !== uid || stats.size > maxBytes)
            return undefined;
        const { buffer, bytesRead } = await file.read(Buffer.alloc(maxBytes), 0, maxBytes, 0);
        return buffer.toString('utf8', 0, bytesRead);
    }
    finally {
        await file.close();
    }
}
;
function systemFiles(random) {
    const read = (path) => (0, promises_namespaceObject.readFile)(path).catch(absent);
    return waitingForDescriptors({
        read,
        readText: async (path) => (await read(path))?.toString('utf8'),
        write: (path, data, mode) => replaceFile(path, data, mode, random),
        append: appendToFile,
        deliver: (path, data, how = {}) => deliver(path, data, how, {
            replace: target => replaceFile(target, data, how.mode, random),
            append: target => appendToFile(target, data),
        }),
        remove: path => (0, promises_namespaceObject.rm)(withoutFinalSlash(path), { recursive: true, force: true, maxRetries: 3 }),
        makeDirectory: (path, mode = 0o755) => makeDirectory(path, mode),
        makeTemporaryDirectory: (parent, prefix, announce) => makeUnique(parent, prefix, announce, random),
        holdDirectory: holdDirectory,
        list: listDirectory,
        kind: async (path) => {
            const stats = await (0, promises_namespaceObject.stat)(path).catch(absent);
            return stats === undefined ? undefined : kindOf(stats);
        },
        isWritable,
        stat: async (paths) => paths.map(statFile),
        readSmall: async (paths, maxBytes) => paths.map(path => readSmallFile(path, maxBytes)),
        modified: async (paths) => paths.map(modifiedMs),
        setTimes: async (times) => times.filter(setTime).length,
        isLocked,
        realPath: path => (0, promises_namespaceObject.realpath)(path).catch(absent),
        link: linkOrCopy,
        move: (from, to) => moveFile(from, to, random),
        open: openToRead,
        create: createFile,
    });
}
const files_NO_FOLLOW = external_node_fs_namespaceObject.constants.O_NOFOLLOW ?? 0;
const DEFAULT_MODE = 0o644;
async function replaceFile(path, data, mode, random) {
    const temporary = (0, external_node_path_namespaceObject.join)((0, external_node_path_namespaceObject.dirname)(path), `.go-proxy-setup-${random.hex(8)}`);
    const before = mode === undefined ? await (0, promises_namespaceObject.lstat)(path).catch(absent) : undefined;
    const kept = before?.isFile() ? before.mode & 0o777 : undefined;
    const flags = external_node_fs_namespaceObject.constants.O_WRONLY | external_node_fs_namespaceObject.constants.O_CREAT | external_node_fs_namespaceObject.constants.O_EXCL | files_NO_FOLLOW;
    const file = await (0, promises_namespaceObject.open)(temporary, flags, mode ?? kept ?? DEFAULT_MODE);
    try {
        await file.writeFile(data);
        if (kept !== undefined && before !== undefined && process.geteuid?.() === 0) {
            const made = await file.stat();
            if (made.uid !== before.uid || made.gid !== before.gid)
                await file.chown(before.uid, before.gid);
        }
        const exact = mode ?? kept;
        if (exact !== undefined)
            await file.chmod(exact);
        await file.close();
        await (0, promises_namespaceObject.rename)(temporary, path);
    }
    catch (error) {
        await file.close().catch(() => undefined);
        await (0, promises_namespaceObject.rm)(temporary, { force: true });
        throw error;
    }
}
async function makeDirectory(path, mode) {
    try {
        await makeLast(path, mode);
    }
    catch (error) {
        const parent = (0, external_node_path_namespaceObject.dirname)(path);
        if (error.code !== 'ENOENT' || parent === path)
            throw error;
        if ((await (0, promises_namespaceObject.stat)(parent).catch(absent)) === undefined)
            await makeDirectory(parent, mode);
        await makeLast(path, mode);
    }
}
async function makeLast(path, mode) {
    try {
        await (0, promises_namespaceObject.mkdir)(path, { mode });
    }
    catch (error) {
        if (!(await (0, promises_namespaceObject.stat)(path).catch(() => undefined))?.isDirectory())
            throw error;
    }
}
async function makeUnique(parent, prefix, announce, random) {
    for (let tries = 0;; tries++) {
        const path = (0, external_node_path_namespaceObject.join)(parent, `${prefix}${random.hex(3)}`);
        announce?.(path);
        try {
            await (0, promises_namespaceObject.mkdir)(path, { mode: 0o700 });
            return path;
        }
        catch (error) {
            if (error.code !== 'EEXIST' || tries >= files_MAX_TRIES)
                throw error;
        }
    }
}
const files_MAX_TRIES = 20;
async function appendToFile(path, data) {
    const file = await (0, promises_namespaceObject.open)(path, external_node_fs_namespaceObject.constants.O_WRONLY | external_node_fs_namespaceObject.constants.O_CREAT | external_node_fs_namespaceObject.constants.O_APPEND | files_NO_FOLLOW, DEFAULT_MODE);
    try {
        await file.writeFile(data);
    }
    finally {
        await file.close();
    }
}
async function linkOrCopy(from, to) {
    try {
        await (0, promises_namespaceObject.link)(from, to);
    }
    catch (error) {
        if (error.code === 'EEXIST')
            throw error;
        await (0, promises_namespaceObject.copyFile)(from, to, external_node_fs_namespaceObject.constants.COPYFILE_EXCL | external_node_fs_namespaceObject.constants.COPYFILE_FICLONE);
    }
}
async function moveFile(from, to, random) {
    try {
        await (0, promises_namespaceObject.rename)(from, to);
    }
    catch (error) {
        if (error.code !== 'EXDEV')
            throw error;
        const temporary = (0, external_node_path_namespaceObject.join)((0, external_node_path_namespaceObject.dirname)(to), `.go-proxy-setup-${random.hex(8)}`);
        await (0, promises_namespaceObject.copyFile)(from, temporary, external_node_fs_namespaceObject.constants.COPYFILE_EXCL);
        await (0, promises_namespaceObject.rename)(temporary, to);
        await (0, promises_namespaceObject.rm)(from);
    }
}
async function openToRead(path) {
    const stats = await (0, promises_namespaceObject.lstat)(path).catch(absent);
    if (!stats?.isFile())
        return undefined;
    const file = await (0, promises_namespaceObject.open)(path, external_node_fs_namespaceObject.constants.O_RDONLY | files_NO_FOLLOW).catch(absent);
    if (file === undefined)
        return undefined;
    const { size } = await file.stat();
    return {
        size,
        read: async (offset, length) => {
            const buffer = Buffer.allocUnsafe(Math.max(0, Math.min(length, size - offset)));
            const { bytesRead } = await file.read(buffer, 0, buffer.length, offset);
            return buffer.subarray(0, bytesRead);
        },
        close: () => file.close(),
    };
}
async function createFile(path, mode = DEFAULT_MODE) {
    const file = await (0, promises_namespaceObject.open)(path, external_node_fs_namespaceObject.constants.O_WRONLY | external_node_fs_namespaceObject.constants.O_CREAT | external_node_fs_namespaceObject.constants.O_EXCL | files_NO_FOLLOW, mode);
    return { write: chunk => file.writeFile(chunk), close: () => file.close() };
}
async function listDirectory(path) {
    const entries = (await (0, promises_namespaceObject.readdir)(path, { withFileTypes: true }).catch(absent)) ?? [];
    const found = await Promise.all(entries.map(async (entry) => {
        const stats = await (0, promises_namespaceObject.lstat)((0, external_node_path_namespaceObject.join)(path, entry.name)).catch(absent);
        return stats === undefined
            ? []
            : [{ name: entry.name, kind: kindOf(entry), bytes: stats.size, modifiedMs: stats.mtimeMs }];
    }));
    return found.flat();
}
async function isWritable(path) {
    try {
        await (0, promises_namespaceObject.access)(path, external_node_fs_namespaceObject.constants.W_OK);
        return true;
    }
    catch (error) {
        if (isRefusal(error))
            return false;
        absent(error);
        return true;
    }
}
function isRefusal(error) {
    return ['EACCES', 'EPERM', 'EROFS'].includes(codeOf(error));
}
function statFile(path) {
    try {
        const stats = (0, external_node_fs_namespaceObject.statSync)(path, { throwIfNoEntry: false });
        return stats?.isFile() ? { bytes: stats.size, modifiedMs: stats.mtimeMs } : undefined;
    }
    catch (error) {
        return absent(error);
    }
}
function readSmallFile(path, maxBytes) {
    try {
        const stats = (0, external_node_fs_namespaceObject.statSync)(path, { throwIfNoEntry: false });
        return stats?.isFile() && stats.size <= maxBytes ? (0, external_node_fs_namespaceObject.readFileSync)(path, 'utf8') : undefined;
    }
    catch {
        return undefined;
    }
}
function modifiedMs(path) {
    try {
        return (0, external_node_fs_namespaceObject.statSync)(path, { throwIfNoEntry: false })?.mtimeMs;
    }
    catch {
        return undefined;
    }
}
function setTime({ path, timeMs }) {
    try {
        (0, external_node_fs_namespaceObject.lutimesSync)(path, timeMs / 1000, timeMs / 1000);
        return true;
    }
    catch (error) {
        return absent(error) !== undefined;
    }
}
async function isLocked(path) {
    const stats = await (0, promises_namespaceObject.lstat)(path).catch(absent);
    const locks = stats?.isFile() ? await (0, promises_namespaceObject.readFile)('/proc/locks', 'utf8').catch(() => '') : '';
    return locks.split('\n').some(line => / FLOCK /.test(line) && line.includes(`:${stats?.ino} `));
}
function kindOf(what) {
    return what.isFile() ? 'file' : what.isDirectory() ? 'directory' : 'other';
}
function withoutFinalSlash(path) {
    return path.length > 1 ? path.replace(process.platform === 'win32' ? /[/\\]+$/ : /\/+$/, '') : path;
}
;
const external_node_v8_namespaceObject = __builtin("node:v8");
;
const external_node_vm_namespaceObject = __builtin("node:vm");
;
function openCollector(everyBytes) {
    const collect = youngCollection();
    let gathered = 0;
    return {
        note(bytes) {
            gathered += bytes;
            if (gathered < everyBytes)
                return;
            gathered = 0;
            collect?.();
        },
    };
}
function youngCollection() {
    try {
        (0, external_node_v8_namespaceObject.setFlagsFromString)('--expose-gc');
        const gc = (0, external_node_vm_namespaceObject.runInNewContext)('gc');
        return typeof gc === 'function' ? () => void gc({ type: 'minor' }) : undefined;
    }
    catch {
        return undefined;
    }
}
const memory_LOOK_MS = 100;
const v8System = {
    usage: process.memoryUsage,
    spare: on => (0, external_node_v8_namespaceObject.setFlagsFromString)(on ? '--optimize-for-size' : '--no-optimize-for-size'),
};
function watchMemory({ fromBytes, heapBytes }, system = v8System, lookMs = memory_LOOK_MS) {
    let isSparing = false;
    const look = () => {
        const { rss, heapTotal } = system.usage();
        const spares = rss >= fromBytes && heapTotal < heapBytes;
        if (spares === isSparing)
            return;
        isSparing = spares;
        system.spare(spares);
    };
    const timer = setInterval(look, lookMs);
    timer.unref();
    return () => clearInterval(timer);
}
;
const systemRandom = {
    next: () => Math.random(),
    hex: bytes => (0, external_node_crypto_namespaceObject.randomBytes)(bytes).toString('hex'),
};
;
async function hashThread() {
    const port = external_node_worker_threads_namespaceObject.parentPort;
    if (port === null)
        return 1;
    const files = collecting(systemFiles(systemRandom));
    let before = Promise.resolve();
    port.on('message', (request) => {
        before = before.then(async () => port.postMessage(await answerHash(request, files, systemClock)));
    });
    await new Promise(resolve => port.once('close', resolve));
    return 0;
}
const COLLECT_EVERY_BYTES = 256 << 10;
function collecting(files) {
    const collector = openCollector(COLLECT_EVERY_BYTES);
    let readBytes = 0;
    return {
        async open(path) {
            const file = await files.open(path);
            return (file && {
                ...file,
                read: async (offset, length) => {
                    collector.note(readBytes);
                    const bytes = await file.read(offset, length);
                    readBytes = bytes.length;
                    return bytes;
                },
            });
        },
    };
}
;
void hashThread();
