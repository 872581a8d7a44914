export const id = 85;
export const ids = [85];
export const modules = {
    60549: ((__unused_webpack_module, exports) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.writeResource = exports.writeInstrumentationScope = exports.writeAnyValue = exports.writeKeyValue = exports.writeAttributes = exports.writeHrTimeAsFixed64 = void 0;
        function writeHrTimeAsFixed64(serializer, hrTime) {
            const seconds = hrTime[0];
            const nanos = hrTime[1];
            const nanosPerSecond = 1000000000;
            const secondsLower16Bits = seconds & 0xffff;
            const secondsUpperBits = (seconds / 0x10000) >>> 0;
            const nanosFromLower16Bits = secondsLower16Bits * nanosPerSecond;
            const nanosFromUpperBits = secondsUpperBits * nanosPerSecond;
            const lower16ContributionLow32 = nanosFromLower16Bits >>> 0;
            const lower16ContributionHigh32 = Math.floor(nanosFromLower16Bits / 0x100000000);
            const upperBitsContributionLow32 = ((nanosFromUpperBits & 0xffff) * 0x10000) >>> 0;
            const upperBitsContributionHigh32 = (nanosFromUpperBits / 0x10000) >>> 0;
            const low32WithCarry = lower16ContributionLow32 + upperBitsContributionLow32 + nanos;
            const totalLow = low32WithCarry >>> 0;
            const carry = Math.floor(low32WithCarry / 0x100000000);
            const totalHigh = (lower16ContributionHigh32 + upperBitsContributionHigh32 + carry) >>> 0;
            serializer.writeFixed64(totalLow, totalHigh);
        }
        exports.writeHrTimeAsFixed64 = writeHrTimeAsFixed64;
        function writeAttributes(writer, attributes, fieldNumber) {
            for (const key in attributes) {
                if (!Object.prototype.hasOwnProperty.call(attributes, key)) {
                    continue;
                }
                const value = attributes[key];
                writer.writeTag(fieldNumber, 2);
                const kvStart = writer.startLengthDelimited();
                const startPos = writer.pos;
                writeKeyValue(writer, key, value);
                writer.finishLengthDelimited(kvStart, writer.pos - startPos);
            }
        }
        exports.writeAttributes = writeAttributes;
        function writeKeyValue(writer, key, value) {
            writer.writeTag(1, 2);
            writer.writeString(key);
            writer.writeTag(2, 2);
            const valueStart = writer.startLengthDelimited();
            const startPos = writer.pos;
            writeAnyValue(writer, value);
            writer.finishLengthDelimited(valueStart, writer.pos - startPos);
        }
        exports.writeKeyValue = writeKeyValue;
        const MIN_64_BIT_INT = -(2 ** 63);
        const MAX_64_BIT_INT = 2 ** 63;
        function writeAnyValue(writer, value) {
            const t = typeof value;
            if (t === 'string') {
                writer.writeTag(1, 2);
                writer.writeString(value);
            }
            else if (t === 'boolean') {
                writer.writeTag(2, 0);
                writer.writeVarint(value ? 1 : 0);
            }
            else if (t === 'number') {
                const numValue = value;
                if (Number.isInteger(numValue) &&
                    numValue >= MIN_64_BIT_INT &&
                    numValue < MAX_64_BIT_INT) {
                    writer.writeTag(3, 0);
                    writer.writeVarint(numValue);
                }
                else {
                    writer.writeTag(4, 1);
                    writer.writeDouble(numValue);
                }
            }
            else if (value instanceof Uint8Array) {
                writer.writeTag(7, 2);
                writer.writeBytes(value);
            }
            else if (Array.isArray(value)) {
                writer.writeTag(5, 2);
                const arrayStart = writer.startLengthDelimited();
                const arrayStartPos = writer.pos;
                for (const item of value) {
                    writer.writeTag(1, 2);
                    const itemStart = writer.startLengthDelimited();
                    const itemStartPos = writer.pos;
                    writeAnyValue(writer, item);
                    writer.finishLengthDelimited(itemStart, writer.pos - itemStartPos);
                }
                writer.finishLengthDelimited(arrayStart, writer.pos - arrayStartPos);
            }
            else if (t === 'object' && value != null) {
                writer.writeTag(6, 2);
                const kvlistStart = writer.startLengthDelimited();
                const kvlistStartPos = writer.pos;
                const obj = value;
                for (const k in obj) {
                    if (!Object.prototype.hasOwnProperty.call(obj, k)) {
                        continue;
                    }
                    const v = obj[k];
                    writer.writeTag(1, 2);
                    const kvStart = writer.startLengthDelimited();
                    const kvStartPos = writer.pos;
                    writer.writeTag(1, 2);
                    writer.writeString(k);
                    writer.writeTag(2, 2);
                    const valueStart = writer.startLengthDelimited();
                    const valueStartPos = writer.pos;
                    writeAnyValue(writer, v);
                    writer.finishLengthDelimited(valueStart, writer.pos - valueStartPos);
                    writer.finishLengthDelimited(kvStart, writer.pos - kvStartPos);
                }
                writer.finishLengthDelimited(kvlistStart, writer.pos - kvlistStartPos);
            }
        }
        exports.writeAnyValue = writeAnyValue;
        function writeInstrumentationScope(writer, scope, fieldNumber) {
            writer.writeTag(fieldNumber, 2);
            const start = writer.startLengthDelimited();
            const startPos = writer.pos;
            writer.writeTag(1, 2);
            writer.writeString(scope.name);
            if (scope.version) {
                writer.writeTag(2, 2);
                writer.writeString(scope.version);
            }
            if (scope.attributes) {
                writeAttributes(writer, scope.attributes, 3);
            }
            if (scope.droppedAttributesCount) {
                writer.writeTag(4, 0);
                writer.writeVarint(scope.droppedAttributesCount);
            }
            writer.finishLengthDelimited(start, writer.pos - startPos);
        }
        exports.writeInstrumentationScope = writeInstrumentationScope;
        function writeResource(writer, resource, fieldNumber) {
            writer.writeTag(fieldNumber, 2);
            const resourceStart = writer.startLengthDelimited();
            const resourceStartPos = writer.pos;
            if (resource.attributes) {
                writeAttributes(writer, resource.attributes, 1);
            }
            writer.writeTag(2, 0);
            writer.writeVarint(0);
            writer.finishLengthDelimited(resourceStart, writer.pos - resourceStartPos);
        }
        exports.writeResource = writeResource;
    }),
    81828: ((__unused_webpack_module, exports) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.ProtobufReader = void 0;
        class ProtobufReader {
            pos = 0;
            _buf;
            _textDecoder;
            constructor(buf) {
                this._buf = buf;
                this._textDecoder = new TextDecoder();
            }
            isAtEnd() {
                return this.pos >= this._buf.length;
            }
            readTag() {
                const raw = this.readVarint();
                return { fieldNumber: raw >>> 3, wireType: raw & 0x7 };
            }
            readVarint() {
                let result = 0;
                let shift = 0;
                let terminated = false;
                while (this.pos < this._buf.length) {
                    const b = this._buf[this.pos++];
                    result += (b & 0x7f) * Math.pow(2, shift);
                    shift += 7;
                    if ((b & 0x80) === 0) {
                        terminated = true;
                        break;
                    }
                }
                if (!terminated) {
                    throw new Error('Truncated buffer: unexpected end of data while reading varint');
                }
                return result;
            }
            readBytes() {
                const len = this.readVarint();
                if (this.pos + len > this._buf.length) {
                    throw new Error(`Truncated buffer: expected ${len} bytes at position ${this.pos}, but only ${this._buf.length - this.pos} available`);
                }
                const slice = this._buf.subarray(this.pos, this.pos + len);
                this.pos += len;
                return slice;
            }
            readString() {
                return this._textDecoder.decode(this.readBytes());
            }
            skip(wireType) {
                switch (wireType) {
                    case 0:
                        this.readVarint();
                        break;
                    case 1:
                        this.pos += 8;
                        break;
                    case 2:
                        this.readBytes();
                        break;
                    case 5:
                        this.pos += 4;
                        break;
                    default:
                        throw new Error(`Unknown wire type ${wireType}, cannot safely skip`);
                }
            }
        }
        exports.ProtobufReader = ProtobufReader;
    }),
    85537: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.ProtobufSizeEstimator = void 0;
        const utils_1 = __webpack_require__(54368);
        function utf8ByteLength(str) {
            const len = str.length;
            let byteLen = 0;
            for (let i = 0; i < len; i++) {
                const code = str.charCodeAt(i);
                if (code < 0x80) {
                    byteLen += 1;
                }
                else if (code < 0x800) {
                    byteLen += 2;
                }
                else if (code < 0xd800 || code >= 0xe000) {
                    byteLen += 3;
                }
                else {
                    i++;
                    byteLen += 4;
                }
            }
            return byteLen;
        }
        class ProtobufSizeEstimator {
            pos = 0;
            startLengthDelimited() {
                return this.pos;
            }
            finishLengthDelimited(_, length) {
                this.pos += (0, utils_1.estimateVarintSize)(length);
            }
            writeVarint(value) {
                this.pos += (0, utils_1.estimateVarintSize)(value);
            }
            writeSint32(value) {
                this.pos += (0, utils_1.estimateVarintSize)(((value << 1) ^ (value >> 31)) >>> 0);
            }
            writeSfixed64(_value) {
                this.pos += 8;
            }
            writeFixed32(_value) {
                this.pos += 4;
            }
            writeFixed64(_low, _high) {
                this.pos += 8;
            }
            writeBytes(bytes) {
                this.pos += (0, utils_1.estimateVarintSize)(bytes.length);
                this.pos += bytes.length;
            }
            writeTag(fieldNumber, wireType) {
                this.writeVarint((fieldNumber << 3) | wireType);
            }
            writeDouble(_value) {
                this.pos += 8;
            }
            writeString(str) {
                const byteLen = utf8ByteLength(str);
                this.pos += (0, utils_1.estimateVarintSize)(byteLen);
                this.pos += byteLen;
            }
        }
        exports.ProtobufSizeEstimator = ProtobufSizeEstimator;
    }),
    4912: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.ProtobufWriter = exports.GROWING_BUFFER_DEBUG_MESSAGE = void 0;
        const api_1 = __webpack_require__(63914);
        const utils_1 = __webpack_require__(54368);
        exports.GROWING_BUFFER_DEBUG_MESSAGE = 'ProtobufWriter: estimated size was too small, growing buffer.';
        const RESERVED_LENGTH_BYTES = 1;
        class ProtobufWriter {
            _buffer;
            _textEncoder;
            _dataView;
            pos = 0;
            constructor(estimatedSize = 65536) {
                this._buffer = new Uint8Array(estimatedSize);
                this._textEncoder = new TextEncoder();
                this._dataView = new DataView(this._buffer.buffer, this._buffer.byteOffset);
            }
            _ensureCapacity(size) {
                const needed = this.pos + size;
                if (needed <= this._buffer.length) {
                    return;
                }
                api_1.diag.debug(exports.GROWING_BUFFER_DEBUG_MESSAGE);
                let newSize = this._buffer.length * 2;
                while (newSize < needed) {
                    newSize *= 2;
                }
                const newBuffer = new Uint8Array(newSize);
                newBuffer.set(this._buffer);
                this._buffer = newBuffer;
                this._dataView = new DataView(this._buffer.buffer, this._buffer.byteOffset);
            }
            finish() {
                return this._buffer.subarray(0, this.pos);
            }
            startLengthDelimited() {
                const lengthPos = this.pos;
                this._ensureCapacity(RESERVED_LENGTH_BYTES);
                this.pos += RESERVED_LENGTH_BYTES;
                return lengthPos;
            }
            finishLengthDelimited(pos, length) {
                const v = length >>> 0;
                const varintSize = (0, utils_1.estimateVarintSize)(v);
                if (varintSize > RESERVED_LENGTH_BYTES) {
                    const additionalBytes = varintSize - RESERVED_LENGTH_BYTES;
                    this._ensureCapacity(additionalBytes);
                    this._buffer.copyWithin(pos + varintSize, pos + RESERVED_LENGTH_BYTES, this.pos);
                    this.pos += additionalBytes;
                }
                let writePos = pos;
                if (v < 0x80) {
                    this._buffer[writePos] = v;
                }
                else if (v < 0x4000) {
                    this._buffer[writePos++] = (v & 0x7f) | 0x80;
                    this._buffer[writePos] = v >>> 7;
                }
                else if (v < 0x200000) {
                    this._buffer[writePos++] = (v & 0x7f) | 0x80;
                    this._buffer[writePos++] = ((v >>> 7) & 0x7f) | 0x80;
                    this._buffer[writePos] = v >>> 14;
                }
                else if (v < 0x10000000) {
                    this._buffer[writePos++] = (v & 0x7f) | 0x80;
                    this._buffer[writePos++] = ((v >>> 7) & 0x7f) | 0x80;
                    this._buffer[writePos++] = ((v >>> 14) & 0x7f) | 0x80;
                    this._buffer[writePos] = v >>> 21;
                }
                else {
                    this._buffer[writePos++] = (v & 0x7f) | 0x80;
                    this._buffer[writePos++] = ((v >>> 7) & 0x7f) | 0x80;
                    this._buffer[writePos++] = ((v >>> 14) & 0x7f) | 0x80;
                    this._buffer[writePos++] = ((v >>> 21) & 0x7f) | 0x80;
                    this._buffer[writePos] = v >>> 28;
                }
            }
            writeSint32(value) {
                this.writeVarint(((value << 1) ^ (value >> 31)) >>> 0);
            }
            writeSfixed64(value) {
                let low;
                let high;
                if (value >= 0) {
                    low = value >>> 0;
                    high = (value / 0x100000000) >>> 0;
                }
                else {
                    const abs = Math.abs(value);
                    low = abs >>> 0;
                    high = (abs / 0x100000000) >>> 0;
                    low = ~low >>> 0;
                    high = ~high >>> 0;
                    low = (low + 1) >>> 0;
                    if (low === 0) {
                        high = (high + 1) >>> 0;
                    }
                }
                this.writeFixed64(low, high);
            }
            writeVarint(value) {
                this._ensureCapacity((0, utils_1.estimateVarintSize)(value));
                if (value >= 0 && value <= 0xffffffff) {
                    let v = value >>> 0;
                    while (v > 0x7f) {
                        this._buffer[this.pos++] = (v & 0x7f) | 0x80;
                        v >>>= 7;
                    }
                    this._buffer[this.pos++] = v;
                }
                else {
                    let low;
                    let high;
                    if (value >= 0) {
                        low = value >>> 0;
                        high = (value / 0x100000000) >>> 0;
                    }
                    else {
                        const abs = Math.abs(value);
                        low = abs >>> 0;
                        high = (abs / 0x100000000) >>> 0;
                        low = ~low >>> 0;
                        high = ~high >>> 0;
                        low = (low + 1) >>> 0;
                        if (low === 0) {
                            high = (high + 1) >>> 0;
                        }
                    }
                    while (high > 0 || low > 0x7f) {
                        this._buffer[this.pos++] = (low & 0x7f) | 0x80;
                        low = ((low >>> 7) | (high << 25)) >>> 0;
                        high >>>= 7;
                    }
                    this._buffer[this.pos++] = low & 0x7f;
                }
            }
            writeFixed32(value) {
                this._ensureCapacity(4);
                const v = value >>> 0;
                this._buffer[this.pos++] = v & 0xff;
                this._buffer[this.pos++] = (v >>> 8) & 0xff;
                this._buffer[this.pos++] = (v >>> 16) & 0xff;
                this._buffer[this.pos++] = (v >>> 24) & 0xff;
            }
            writeFixed64(low, high) {
                this._ensureCapacity(8);
                const l = low >>> 0;
                const h = high >>> 0;
                this._buffer[this.pos++] = l & 0xff;
                this._buffer[this.pos++] = (l >>> 8) & 0xff;
                this._buffer[this.pos++] = (l >>> 16) & 0xff;
                this._buffer[this.pos++] = (l >>> 24) & 0xff;
                this._buffer[this.pos++] = h & 0xff;
                this._buffer[this.pos++] = (h >>> 8) & 0xff;
                this._buffer[this.pos++] = (h >>> 16) & 0xff;
                this._buffer[this.pos++] = (h >>> 24) & 0xff;
            }
            writeBytes(bytes) {
                this.writeVarint(bytes.length);
                this._ensureCapacity(bytes.length);
                this._buffer.set(bytes, this.pos);
                this.pos += bytes.length;
            }
            writeTag(fieldNumber, wireType) {
                this.writeVarint((fieldNumber << 3) | wireType);
            }
            writeDouble(value) {
                this._ensureCapacity(8);
                this._dataView.setFloat64(this.pos, value, true);
                this.pos += 8;
            }
            writeString(str) {
                let isAscii = true;
                const len = str.length;
                for (let i = 0; i < len; i++) {
                    if (str.charCodeAt(i) > 127) {
                        isAscii = false;
                        break;
                    }
                }
                if (isAscii) {
                    this.writeVarint(len);
                    this._ensureCapacity(len);
                    for (let i = 0; i < len; i++) {
                        this._buffer[this.pos++] = str.charCodeAt(i);
                    }
                }
                else {
                    const bytes = this._textEncoder.encode(str);
                    this.writeBytes(bytes);
                }
            }
        }
        exports.ProtobufWriter = ProtobufWriter;
    }),
    54368: ((__unused_webpack_module, exports) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.estimateVarintSize = void 0;
        function estimateVarintSize(v) {
            if (v < 0)
                return 10;
            if (v < 0x80)
                return 1;
            if (v < 0x4000)
                return 2;
            if (v < 0x200000)
                return 3;
            if (v < 0x10000000)
                return 4;
            if (v < 0x800000000)
                return 5;
            if (v < 0x40000000000)
                return 6;
            if (v < 0x2000000000000)
                return 7;
            if (v < 0x100000000000000)
                return 8;
            return 9;
        }
        exports.estimateVarintSize = estimateVarintSize;
    }),
    6085: ((__unused_webpack_module, exports, __webpack_require__) => {
        var __webpack_unused_export__;
        __webpack_unused_export__ = ({ value: true });
        exports.ProtobufTraceSerializer = void 0;
        var trace_1 = __webpack_require__(32816);
        Object.defineProperty(exports, "ProtobufTraceSerializer", ({ enumerable: true, get: function () { return trace_1.ProtobufTraceSerializer; } }));
    }),
    39992: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.deserializeExportTraceServiceResponse = void 0;
        const protobuf_reader_1 = __webpack_require__(81828);
        function deserializePartialSuccess(data) {
            const reader = new protobuf_reader_1.ProtobufReader(data);
            const result = {};
            while (!reader.isAtEnd()) {
                const { fieldNumber, wireType } = reader.readTag();
                switch (fieldNumber) {
                    case 1:
                        if (wireType === 0) {
                            result.rejectedSpans = reader.readVarint();
                        }
                        else {
                            reader.skip(wireType);
                        }
                        break;
                    case 2:
                        if (wireType === 2) {
                            result.errorMessage = reader.readString();
                        }
                        else {
                            reader.skip(wireType);
                        }
                        break;
                    default:
                        reader.skip(wireType);
                        break;
                }
            }
            return result;
        }
        function deserializeExportTraceServiceResponse(data) {
            const reader = new protobuf_reader_1.ProtobufReader(data);
            const result = {};
            while (!reader.isAtEnd()) {
                const { fieldNumber, wireType } = reader.readTag();
                switch (fieldNumber) {
                    case 1:
                        if (wireType === 2) {
                            result.partialSuccess = deserializePartialSuccess(reader.readBytes());
                        }
                        else {
                            reader.skip(wireType);
                        }
                        break;
                    default:
                        reader.skip(wireType);
                        break;
                }
            }
            return result;
        }
        exports.deserializeExportTraceServiceResponse = deserializeExportTraceServiceResponse;
    }),
    78329: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.serializeTraceExportRequest = void 0;
        const protobuf_writer_1 = __webpack_require__(4912);
        const hex_to_binary_1 = __webpack_require__(50100);
        const common_serializer_1 = __webpack_require__(60549);
        const protobuf_size_estimator_1 = __webpack_require__(85537);
        const SPAN_FLAGS_CONTEXT_HAS_IS_REMOTE_MASK = 0x100;
        const SPAN_FLAGS_CONTEXT_IS_REMOTE_MASK = 0x200;
        function buildSpanFlags(traceFlags, isRemote) {
            let flags = (traceFlags & 0xff) | SPAN_FLAGS_CONTEXT_HAS_IS_REMOTE_MASK;
            if (isRemote) {
                flags |= SPAN_FLAGS_CONTEXT_IS_REMOTE_MASK;
            }
            return flags;
        }
        function serializeStatus(writer, status) {
            const statusStart = writer.startLengthDelimited();
            const statusStartPos = writer.pos;
            if (status.message) {
                writer.writeTag(2, 2);
                writer.writeString(status.message);
            }
            writer.writeTag(3, 0);
            writer.writeVarint(status.code);
            writer.finishLengthDelimited(statusStart, writer.pos - statusStartPos);
        }
        function serializeEvent(writer, event) {
            const eventStart = writer.startLengthDelimited();
            const eventStartPos = writer.pos;
            writer.writeTag(1, 1);
            (0, common_serializer_1.writeHrTimeAsFixed64)(writer, event.time);
            writer.writeTag(2, 2);
            writer.writeString(event.name);
            if (event.attributes) {
                (0, common_serializer_1.writeAttributes)(writer, event.attributes, 3);
            }
            writer.writeTag(4, 0);
            writer.writeVarint(event.droppedAttributesCount || 0);
            writer.finishLengthDelimited(eventStart, writer.pos - eventStartPos);
        }
        function serializeLink(writer, link) {
            const linkStart = writer.startLengthDelimited();
            const linkStartPos = writer.pos;
            const context = link.context;
            writer.writeTag(1, 2);
            writer.writeBytes((0, hex_to_binary_1.hexToBinary)(context.traceId));
            writer.writeTag(2, 2);
            writer.writeBytes((0, hex_to_binary_1.hexToBinary)(context.spanId));
            const linkTraceState = context.traceState?.serialize();
            if (linkTraceState) {
                writer.writeTag(3, 2);
                writer.writeString(linkTraceState);
            }
            if (link.attributes) {
                (0, common_serializer_1.writeAttributes)(writer, link.attributes, 4);
            }
            writer.writeTag(5, 0);
            writer.writeVarint(link.droppedAttributesCount || 0);
            const linkFlags = buildSpanFlags(context.traceFlags, context.isRemote);
            if (linkFlags) {
                writer.writeTag(6, 5);
                writer.writeFixed32(linkFlags);
            }
            writer.finishLengthDelimited(linkStart, writer.pos - linkStartPos);
        }
        function serializeSpan(writer, span) {
            const spanStart = writer.startLengthDelimited();
            const spanStartPos = writer.pos;
            const ctx = span.spanContext();
            writer.writeTag(1, 2);
            writer.writeBytes((0, hex_to_binary_1.hexToBinary)(ctx.traceId));
            writer.writeTag(2, 2);
            writer.writeBytes((0, hex_to_binary_1.hexToBinary)(ctx.spanId));
            const traceState = ctx.traceState?.serialize();
            if (traceState) {
                writer.writeTag(3, 2);
                writer.writeString(traceState);
            }
            if (span.parentSpanContext?.spanId) {
                writer.writeTag(4, 2);
                writer.writeBytes((0, hex_to_binary_1.hexToBinary)(span.parentSpanContext.spanId));
            }
            writer.writeTag(5, 2);
            writer.writeString(span.name);
            const kind = span.kind == null ? 0 : span.kind + 1;
            if (kind !== 0) {
                writer.writeTag(6, 0);
                writer.writeVarint(kind);
            }
            writer.writeTag(7, 1);
            (0, common_serializer_1.writeHrTimeAsFixed64)(writer, span.startTime);
            writer.writeTag(8, 1);
            (0, common_serializer_1.writeHrTimeAsFixed64)(writer, span.endTime);
            if (span.attributes) {
                (0, common_serializer_1.writeAttributes)(writer, span.attributes, 9);
            }
            writer.writeTag(10, 0);
            writer.writeVarint(span.droppedAttributesCount);
            for (const event of span.events) {
                writer.writeTag(11, 2);
                serializeEvent(writer, event);
            }
            writer.writeTag(12, 0);
            writer.writeVarint(span.droppedEventsCount);
            for (const link of span.links) {
                writer.writeTag(13, 2);
                serializeLink(writer, link);
            }
            writer.writeTag(14, 0);
            writer.writeVarint(span.droppedLinksCount);
            writer.writeTag(15, 2);
            serializeStatus(writer, span.status);
            const flags = buildSpanFlags(ctx.traceFlags, span.parentSpanContext?.isRemote);
            if (flags) {
                writer.writeTag(16, 5);
                writer.writeFixed32(flags);
            }
            writer.finishLengthDelimited(spanStart, writer.pos - spanStartPos);
        }
        function serializeScopeSpans(writer, scope, spans) {
            const scopeSpansStart = writer.startLengthDelimited();
            const scopeSpansStartPos = writer.pos;
            (0, common_serializer_1.writeInstrumentationScope)(writer, scope, 1);
            for (const span of spans) {
                writer.writeTag(2, 2);
                serializeSpan(writer, span);
            }
            if (scope.schemaUrl) {
                writer.writeTag(3, 2);
                writer.writeString(scope.schemaUrl);
            }
            writer.finishLengthDelimited(scopeSpansStart, writer.pos - scopeSpansStartPos);
        }
        function serializeResourceSpans(writer, resource, scopeMap) {
            const resourceSpansStart = writer.startLengthDelimited();
            const resourceSpansStartPos = writer.pos;
            (0, common_serializer_1.writeResource)(writer, resource, 1);
            for (const scopeSpans of scopeMap.values()) {
                writer.writeTag(2, 2);
                const scope = scopeSpans[0].instrumentationScope;
                serializeScopeSpans(writer, scope, scopeSpans);
            }
            if (resource.schemaUrl) {
                writer.writeTag(3, 2);
                writer.writeString(resource.schemaUrl);
            }
            writer.finishLengthDelimited(resourceSpansStart, writer.pos - resourceSpansStartPos);
        }
        function createResourceMap(spans) {
            const resourceMap = new Map();
            for (const span of spans) {
                const resource = span.resource;
                const scope = span.instrumentationScope;
                let scopeMap = resourceMap.get(resource);
                if (!scopeMap) {
                    scopeMap = new Map();
                    resourceMap.set(resource, scopeMap);
                }
                let records = scopeMap.get(scope);
                if (!records) {
                    records = [];
                    scopeMap.set(scope, records);
                }
                records.push(span);
            }
            return resourceMap;
        }
        function serializeTraceExportRequest(spans) {
            const resourceMap = createResourceMap(spans);
            const estimator = new protobuf_size_estimator_1.ProtobufSizeEstimator();
            for (const [resource, scopeMap] of resourceMap) {
                estimator.writeTag(1, 2);
                serializeResourceSpans(estimator, resource, scopeMap);
            }
            const writer = new protobuf_writer_1.ProtobufWriter(estimator.pos);
            for (const [resource, scopeMap] of resourceMap) {
                writer.writeTag(1, 2);
                serializeResourceSpans(writer, resource, scopeMap);
            }
            return writer.finish();
        }
        exports.serializeTraceExportRequest = serializeTraceExportRequest;
    }),
    32816: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.ProtobufTraceSerializer = void 0;
        const trace_serializer_1 = __webpack_require__(78329);
        const response_deserializer_1 = __webpack_require__(39992);
        exports.ProtobufTraceSerializer = {
            serializeRequest: (arg) => {
                return (0, trace_serializer_1.serializeTraceExportRequest)(arg);
            },
            deserializeResponse: (arg) => {
                return (0, response_deserializer_1.deserializeExportTraceServiceResponse)(arg);
            },
        };
    })
};
