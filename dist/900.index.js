export const id = 900;
export const ids = [900];
export const modules = {
    5038: ((__unused_webpack_module, exports) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.ExportResultCode = void 0;
        var ExportResultCode;
        (function (ExportResultCode) {
            ExportResultCode[ExportResultCode["SUCCESS"] = 0] = "SUCCESS";
            ExportResultCode[ExportResultCode["FAILED"] = 1] = "FAILED";
        })(ExportResultCode || (exports.ExportResultCode = ExportResultCode = {}));
    }),
    76217: ((__unused_webpack_module, exports) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.BAGGAGE_MAX_TOTAL_LENGTH = exports.BAGGAGE_MAX_PER_NAME_VALUE_PAIRS = exports.BAGGAGE_MAX_NAME_VALUE_PAIRS = exports.BAGGAGE_HEADER = exports.BAGGAGE_ITEMS_SEPARATOR = exports.BAGGAGE_PROPERTIES_SEPARATOR = exports.BAGGAGE_KEY_PAIR_SEPARATOR = void 0;
        exports.BAGGAGE_KEY_PAIR_SEPARATOR = '=';
        exports.BAGGAGE_PROPERTIES_SEPARATOR = ';';
        exports.BAGGAGE_ITEMS_SEPARATOR = ',';
        exports.BAGGAGE_HEADER = 'baggage';
        exports.BAGGAGE_MAX_NAME_VALUE_PAIRS = 180;
        exports.BAGGAGE_MAX_PER_NAME_VALUE_PAIRS = 4096;
        exports.BAGGAGE_MAX_TOTAL_LENGTH = 8192;
    }),
    52827: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.W3CBaggagePropagator = void 0;
        const api_1 = __webpack_require__(63914);
        const suppress_tracing_1 = __webpack_require__(97963);
        const constants_1 = __webpack_require__(76217);
        const utils_1 = __webpack_require__(67613);
        class W3CBaggagePropagator {
            inject(context, carrier, setter) {
                const baggage = api_1.propagation.getBaggage(context);
                if (!baggage || (0, suppress_tracing_1.isTracingSuppressed)(context))
                    return;
                const keyPairs = (0, utils_1.getKeyPairs)(baggage)
                    .filter((pair) => {
                    return pair.length <= constants_1.BAGGAGE_MAX_PER_NAME_VALUE_PAIRS;
                })
                    .slice(0, constants_1.BAGGAGE_MAX_NAME_VALUE_PAIRS);
                const headerValue = (0, utils_1.serializeKeyPairs)(keyPairs);
                if (headerValue.length > 0) {
                    setter.set(carrier, constants_1.BAGGAGE_HEADER, headerValue);
                }
            }
            extract(context, carrier, getter) {
                const headerValue = getter.get(carrier, constants_1.BAGGAGE_HEADER);
                if (!headerValue) {
                    return context;
                }
                const baggage = {};
                let count = 0;
                let totalSize = 0;
                if (Array.isArray(headerValue)) {
                    for (let i = 0; i < headerValue.length; i++) {
                        [count, totalSize] = (0, utils_1.parseBaggageHeaderString)(headerValue[i], baggage, count, totalSize);
                    }
                }
                else {
                    [count] = (0, utils_1.parseBaggageHeaderString)(headerValue, baggage, count, totalSize);
                }
                if (count === 0) {
                    return context;
                }
                return api_1.propagation.setBaggage(context, api_1.propagation.createBaggage(baggage));
            }
            fields() {
                return [constants_1.BAGGAGE_HEADER];
            }
        }
        exports.W3CBaggagePropagator = W3CBaggagePropagator;
    }),
    67613: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.parseKeyPairsIntoRecord = exports.parseBaggageHeaderString = exports.parsePairKeyValue = exports.getKeyPairs = exports.serializeKeyPairs = void 0;
        const api_1 = __webpack_require__(63914);
        const constants_1 = __webpack_require__(76217);
        function serializeKeyPairs(keyPairs) {
            return keyPairs.reduce((hValue, current) => {
                const value = `${hValue}${hValue !== '' ? constants_1.BAGGAGE_ITEMS_SEPARATOR : ''}${current}`;
                return value.length > constants_1.BAGGAGE_MAX_TOTAL_LENGTH ? hValue : value;
            }, '');
        }
        exports.serializeKeyPairs = serializeKeyPairs;
        function getKeyPairs(baggage) {
            return baggage.getAllEntries().map(([key, value]) => {
                let entry = `${encodeURIComponent(key)}=${encodeURIComponent(value.value)}`;
                if (value.metadata !== undefined) {
                    entry += constants_1.BAGGAGE_PROPERTIES_SEPARATOR + value.metadata.toString();
                }
                return entry;
            });
        }
        exports.getKeyPairs = getKeyPairs;
        function parsePairKeyValue(entry) {
            if (!entry)
                return;
            const metadataSeparatorIndex = entry.indexOf(constants_1.BAGGAGE_PROPERTIES_SEPARATOR);
            const keyPairPart = metadataSeparatorIndex === -1
                ? entry
                : entry.substring(0, metadataSeparatorIndex);
            const separatorIndex = keyPairPart.indexOf(constants_1.BAGGAGE_KEY_PAIR_SEPARATOR);
            if (separatorIndex <= 0)
                return;
            const rawKey = keyPairPart.substring(0, separatorIndex).trim();
            const rawValue = keyPairPart.substring(separatorIndex + 1).trim();
            if (!rawKey || !rawValue)
                return;
            let key;
            let value;
            try {
                key = decodeURIComponent(rawKey);
                value = decodeURIComponent(rawValue);
            }
            catch {
                return;
            }
            let metadata;
            if (metadataSeparatorIndex !== -1 &&
                metadataSeparatorIndex < entry.length - 1) {
                const metadataString = entry.substring(metadataSeparatorIndex + 1);
                metadata = (0, api_1.baggageEntryMetadataFromString)(metadataString);
            }
            return { key, value, metadata };
        }
        exports.parsePairKeyValue = parsePairKeyValue;
        function parseBaggageHeaderString(value, baggage, count, totalSize) {
            let start = 0;
            while (start < value.length && count < constants_1.BAGGAGE_MAX_NAME_VALUE_PAIRS) {
                const end = value.indexOf(constants_1.BAGGAGE_ITEMS_SEPARATOR, start);
                const entryEnd = end === -1 ? value.length : end;
                const entryLength = entryEnd - start;
                if (entryLength <= constants_1.BAGGAGE_MAX_PER_NAME_VALUE_PAIRS) {
                    const keyPair = parsePairKeyValue(value.substring(start, entryEnd));
                    if (keyPair) {
                        const entrySize = (count === 0 ? 0 : 1) + entryLength;
                        if (totalSize + entrySize > constants_1.BAGGAGE_MAX_TOTAL_LENGTH)
                            break;
                        baggage[keyPair.key] = keyPair.metadata
                            ? { value: keyPair.value, metadata: keyPair.metadata }
                            : { value: keyPair.value };
                        count++;
                        totalSize += entrySize;
                    }
                }
                if (end === -1)
                    break;
                start = end + 1;
            }
            return [count, totalSize];
        }
        exports.parseBaggageHeaderString = parseBaggageHeaderString;
        function parseKeyPairsIntoRecord(value) {
            const result = {};
            if (typeof value === 'string' && value.length > 0) {
                value.split(constants_1.BAGGAGE_ITEMS_SEPARATOR).forEach(entry => {
                    const keyPair = parsePairKeyValue(entry);
                    if (keyPair !== undefined && keyPair.value.length > 0) {
                        result[keyPair.key] = keyPair.value;
                    }
                });
            }
            return result;
        }
        exports.parseKeyPairsIntoRecord = parseKeyPairsIntoRecord;
    }),
    28920: ((__unused_webpack_module, exports) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.AnchoredClock = void 0;
        class AnchoredClock {
            _monotonicClock;
            _epochMillis;
            _performanceMillis;
            constructor(systemClock, monotonicClock) {
                this._monotonicClock = monotonicClock;
                this._epochMillis = systemClock.now();
                this._performanceMillis = monotonicClock.now();
            }
            now() {
                const delta = this._monotonicClock.now() - this._performanceMillis;
                return this._epochMillis + delta;
            }
        }
        exports.AnchoredClock = AnchoredClock;
    }),
    45306: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.isAttributeValue = exports.isAttributeKey = exports.sanitizeAttributes = void 0;
        const api_1 = __webpack_require__(63914);
        function sanitizeAttributes(attributes) {
            const out = {};
            if (typeof attributes !== 'object' || attributes == null) {
                return out;
            }
            for (const key in attributes) {
                if (!Object.prototype.hasOwnProperty.call(attributes, key)) {
                    continue;
                }
                if (!isAttributeKey(key)) {
                    api_1.diag.warn(`Invalid attribute key: ${key}`);
                    continue;
                }
                const val = attributes[key];
                if (!isAttributeValue(val)) {
                    api_1.diag.warn(`Invalid attribute value set for key: ${key}`);
                    continue;
                }
                if (Array.isArray(val)) {
                    out[key] = val.slice();
                }
                else {
                    out[key] = val;
                }
            }
            return out;
        }
        exports.sanitizeAttributes = sanitizeAttributes;
        function isAttributeKey(key) {
            return typeof key === 'string' && key !== '';
        }
        exports.isAttributeKey = isAttributeKey;
        function isAttributeValue(val) {
            if (val == null) {
                return true;
            }
            if (Array.isArray(val)) {
                return isHomogeneousAttributeValueArray(val);
            }
            return isValidPrimitiveAttributeValueType(typeof val);
        }
        exports.isAttributeValue = isAttributeValue;
        function isHomogeneousAttributeValueArray(arr) {
            let type;
            for (const element of arr) {
                if (element == null)
                    continue;
                const elementType = typeof element;
                if (elementType === type) {
                    continue;
                }
                if (!type) {
                    if (isValidPrimitiveAttributeValueType(elementType)) {
                        type = elementType;
                        continue;
                    }
                    return false;
                }
                return false;
            }
            return true;
        }
        function isValidPrimitiveAttributeValueType(valType) {
            switch (valType) {
                case 'number':
                case 'boolean':
                case 'string':
                    return true;
            }
            return false;
        }
    }),
    26354: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.globalErrorHandler = exports.setGlobalErrorHandler = void 0;
        const logging_error_handler_1 = __webpack_require__(56512);
        let delegateHandler = (0, logging_error_handler_1.loggingErrorHandler)();
        function setGlobalErrorHandler(handler) {
            delegateHandler = handler;
        }
        exports.setGlobalErrorHandler = setGlobalErrorHandler;
        function globalErrorHandler(ex) {
            try {
                delegateHandler(ex);
            }
            catch { }
        }
        exports.globalErrorHandler = globalErrorHandler;
    }),
    68284: ((__unused_webpack_module, exports) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports._globalThis = void 0;
        exports._globalThis = globalThis;
    }),
    56512: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.loggingErrorHandler = void 0;
        const api_1 = __webpack_require__(63914);
        function loggingErrorHandler() {
            return (ex) => {
                api_1.diag.error(stringifyException(ex));
            };
        }
        exports.loggingErrorHandler = loggingErrorHandler;
        function stringifyException(ex) {
            if (typeof ex === 'string') {
                return ex;
            }
            else {
                return JSON.stringify(flattenException(ex));
            }
        }
        function flattenException(ex) {
            const result = {};
            let current = ex;
            while (current !== null) {
                Object.getOwnPropertyNames(current).forEach(propertyName => {
                    if (result[propertyName])
                        return;
                    const value = current[propertyName];
                    if (value) {
                        result[propertyName] = String(value);
                    }
                });
                current = Object.getPrototypeOf(current);
            }
            return result;
        }
    }),
    84826: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.addHrTimes = exports.isTimeInput = exports.isTimeInputHrTime = exports.hrTimeToSeconds = exports.hrTimeToMilliseconds = exports.hrTimeToMicroseconds = exports.hrTimeToNanoseconds = exports.hrTimeToTimeStamp = exports.hrTimeDuration = exports.timeInputToHrTime = exports.hrTime = exports.getTimeOrigin = exports.millisToHrTime = void 0;
        const platform_1 = __webpack_require__(60509);
        const NANOSECOND_DIGITS = 9;
        const NANOSECOND_DIGITS_IN_MILLIS = 6;
        const MILLISECONDS_TO_NANOSECONDS = Math.pow(10, NANOSECOND_DIGITS_IN_MILLIS);
        const SECOND_TO_NANOSECONDS = Math.pow(10, NANOSECOND_DIGITS);
        function millisToHrTime(epochMillis) {
            const epochSeconds = epochMillis / 1000;
            const seconds = Math.trunc(epochSeconds);
            const nanos = Math.round((epochMillis % 1000) * MILLISECONDS_TO_NANOSECONDS);
            return [seconds, nanos];
        }
        exports.millisToHrTime = millisToHrTime;
        function getTimeOrigin() {
            return platform_1.otperformance.timeOrigin;
        }
        exports.getTimeOrigin = getTimeOrigin;
        function hrTime(performanceNow) {
            const timeOrigin = millisToHrTime(platform_1.otperformance.timeOrigin);
            const now = millisToHrTime(typeof performanceNow === 'number' ? performanceNow : platform_1.otperformance.now());
            return addHrTimes(timeOrigin, now);
        }
        exports.hrTime = hrTime;
        function timeInputToHrTime(time) {
            if (isTimeInputHrTime(time)) {
                return time;
            }
            else if (typeof time === 'number') {
                if (time < platform_1.otperformance.timeOrigin / 2) {
                    return hrTime(time);
                }
                else {
                    return millisToHrTime(time);
                }
            }
            else if (time instanceof Date) {
                return millisToHrTime(time.getTime());
            }
            else {
                throw TypeError('Invalid input type');
            }
        }
        exports.timeInputToHrTime = timeInputToHrTime;
        function hrTimeDuration(startTime, endTime) {
            let seconds = endTime[0] - startTime[0];
            let nanos = endTime[1] - startTime[1];
            if (nanos < 0) {
                seconds -= 1;
                nanos += SECOND_TO_NANOSECONDS;
            }
            return [seconds, nanos];
        }
        exports.hrTimeDuration = hrTimeDuration;
        function hrTimeToTimeStamp(time) {
            const precision = NANOSECOND_DIGITS;
            const tmp = `${'0'.repeat(precision)}${time[1]}Z`;
            const nanoString = tmp.substring(tmp.length - precision - 1);
            const date = new Date(time[0] * 1000).toISOString();
            return date.replace('000Z', nanoString);
        }
        exports.hrTimeToTimeStamp = hrTimeToTimeStamp;
        function hrTimeToNanoseconds(time) {
            return time[0] * SECOND_TO_NANOSECONDS + time[1];
        }
        exports.hrTimeToNanoseconds = hrTimeToNanoseconds;
        function hrTimeToMicroseconds(time) {
            return time[0] * 1e6 + time[1] / 1e3;
        }
        exports.hrTimeToMicroseconds = hrTimeToMicroseconds;
        function hrTimeToMilliseconds(time) {
            return time[0] * 1e3 + time[1] / 1e6;
        }
        exports.hrTimeToMilliseconds = hrTimeToMilliseconds;
        function hrTimeToSeconds(time) {
            return time[0] + time[1] / SECOND_TO_NANOSECONDS;
        }
        exports.hrTimeToSeconds = hrTimeToSeconds;
        function isTimeInputHrTime(value) {
            return (Array.isArray(value) &&
                value.length === 2 &&
                typeof value[0] === 'number' &&
                typeof value[1] === 'number');
        }
        exports.isTimeInputHrTime = isTimeInputHrTime;
        function isTimeInput(value) {
            return (isTimeInputHrTime(value) ||
                typeof value === 'number' ||
                value instanceof Date);
        }
        exports.isTimeInput = isTimeInput;
        function addHrTimes(time1, time2) {
            const out = [time1[0] + time2[0], time1[1] + time2[1]];
            if (out[1] >= SECOND_TO_NANOSECONDS) {
                out[1] -= SECOND_TO_NANOSECONDS;
                out[0] += 1;
            }
            return out;
        }
        exports.addHrTimes = addHrTimes;
    }),
    69359: ((__unused_webpack_module, exports) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.unrefTimer = void 0;
        function unrefTimer(timer) {
            if (typeof timer !== 'number') {
                timer.unref();
            }
        }
        exports.unrefTimer = unrefTimer;
    }),
    24637: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.diagLogLevelFromString = exports.BindOnceFuture = exports.urlMatches = exports.isUrlIgnored = exports.callWithTimeout = exports.TimeoutError = exports.merge = exports.TraceState = exports.unsuppressTracing = exports.suppressTracing = exports.isTracingSuppressed = exports.setRPCMetadata = exports.getRPCMetadata = exports.deleteRPCMetadata = exports.RPCType = exports.parseTraceParent = exports.W3CTraceContextPropagator = exports.TRACE_STATE_HEADER = exports.TRACE_PARENT_HEADER = exports.CompositePropagator = exports.otperformance = exports.getStringListFromEnv = exports.getNumberFromEnv = exports.getBooleanFromEnv = exports.getStringFromEnv = exports._globalThis = exports.SDK_INFO = exports.parseKeyPairsIntoRecord = exports.ExportResultCode = exports.unrefTimer = exports.timeInputToHrTime = exports.millisToHrTime = exports.isTimeInputHrTime = exports.isTimeInput = exports.hrTimeToTimeStamp = exports.hrTimeToSeconds = exports.hrTimeToNanoseconds = exports.hrTimeToMilliseconds = exports.hrTimeToMicroseconds = exports.hrTimeDuration = exports.hrTime = exports.getTimeOrigin = exports.addHrTimes = exports.loggingErrorHandler = exports.setGlobalErrorHandler = exports.globalErrorHandler = exports.sanitizeAttributes = exports.isAttributeValue = exports.AnchoredClock = exports.W3CBaggagePropagator = void 0;
        exports.internal = void 0;
        var W3CBaggagePropagator_1 = __webpack_require__(52827);
        Object.defineProperty(exports, "W3CBaggagePropagator", ({ enumerable: true, get: function () { return W3CBaggagePropagator_1.W3CBaggagePropagator; } }));
        var anchored_clock_1 = __webpack_require__(28920);
        Object.defineProperty(exports, "AnchoredClock", ({ enumerable: true, get: function () { return anchored_clock_1.AnchoredClock; } }));
        var attributes_1 = __webpack_require__(45306);
        Object.defineProperty(exports, "isAttributeValue", ({ enumerable: true, get: function () { return attributes_1.isAttributeValue; } }));
        Object.defineProperty(exports, "sanitizeAttributes", ({ enumerable: true, get: function () { return attributes_1.sanitizeAttributes; } }));
        var global_error_handler_1 = __webpack_require__(26354);
        Object.defineProperty(exports, "globalErrorHandler", ({ enumerable: true, get: function () { return global_error_handler_1.globalErrorHandler; } }));
        Object.defineProperty(exports, "setGlobalErrorHandler", ({ enumerable: true, get: function () { return global_error_handler_1.setGlobalErrorHandler; } }));
        var logging_error_handler_1 = __webpack_require__(56512);
        Object.defineProperty(exports, "loggingErrorHandler", ({ enumerable: true, get: function () { return logging_error_handler_1.loggingErrorHandler; } }));
        var time_1 = __webpack_require__(84826);
        Object.defineProperty(exports, "addHrTimes", ({ enumerable: true, get: function () { return time_1.addHrTimes; } }));
        Object.defineProperty(exports, "getTimeOrigin", ({ enumerable: true, get: function () { return time_1.getTimeOrigin; } }));
        Object.defineProperty(exports, "hrTime", ({ enumerable: true, get: function () { return time_1.hrTime; } }));
        Object.defineProperty(exports, "hrTimeDuration", ({ enumerable: true, get: function () { return time_1.hrTimeDuration; } }));
        Object.defineProperty(exports, "hrTimeToMicroseconds", ({ enumerable: true, get: function () { return time_1.hrTimeToMicroseconds; } }));
        Object.defineProperty(exports, "hrTimeToMilliseconds", ({ enumerable: true, get: function () { return time_1.hrTimeToMilliseconds; } }));
        Object.defineProperty(exports, "hrTimeToNanoseconds", ({ enumerable: true, get: function () { return time_1.hrTimeToNanoseconds; } }));
        Object.defineProperty(exports, "hrTimeToSeconds", ({ enumerable: true, get: function () { return time_1.hrTimeToSeconds; } }));
        Object.defineProperty(exports, "hrTimeToTimeStamp", ({ enumerable: true, get: function () { return time_1.hrTimeToTimeStamp; } }));
        Object.defineProperty(exports, "isTimeInput", ({ enumerable: true, get: function () { return time_1.isTimeInput; } }));
        Object.defineProperty(exports, "isTimeInputHrTime", ({ enumerable: true, get: function () { return time_1.isTimeInputHrTime; } }));
        Object.defineProperty(exports, "millisToHrTime", ({ enumerable: true, get: function () { return time_1.millisToHrTime; } }));
        Object.defineProperty(exports, "timeInputToHrTime", ({ enumerable: true, get: function () { return time_1.timeInputToHrTime; } }));
        var timer_util_1 = __webpack_require__(69359);
        Object.defineProperty(exports, "unrefTimer", ({ enumerable: true, get: function () { return timer_util_1.unrefTimer; } }));
        var ExportResult_1 = __webpack_require__(5038);
        Object.defineProperty(exports, "ExportResultCode", ({ enumerable: true, get: function () { return ExportResult_1.ExportResultCode; } }));
        var utils_1 = __webpack_require__(67613);
        Object.defineProperty(exports, "parseKeyPairsIntoRecord", ({ enumerable: true, get: function () { return utils_1.parseKeyPairsIntoRecord; } }));
        var platform_1 = __webpack_require__(60509);
        Object.defineProperty(exports, "SDK_INFO", ({ enumerable: true, get: function () { return platform_1.SDK_INFO; } }));
        Object.defineProperty(exports, "_globalThis", ({ enumerable: true, get: function () { return platform_1._globalThis; } }));
        Object.defineProperty(exports, "getStringFromEnv", ({ enumerable: true, get: function () { return platform_1.getStringFromEnv; } }));
        Object.defineProperty(exports, "getBooleanFromEnv", ({ enumerable: true, get: function () { return platform_1.getBooleanFromEnv; } }));
        Object.defineProperty(exports, "getNumberFromEnv", ({ enumerable: true, get: function () { return platform_1.getNumberFromEnv; } }));
        Object.defineProperty(exports, "getStringListFromEnv", ({ enumerable: true, get: function () { return platform_1.getStringListFromEnv; } }));
        Object.defineProperty(exports, "otperformance", ({ enumerable: true, get: function () { return platform_1.otperformance; } }));
        var composite_1 = __webpack_require__(50415);
        Object.defineProperty(exports, "CompositePropagator", ({ enumerable: true, get: function () { return composite_1.CompositePropagator; } }));
        var W3CTraceContextPropagator_1 = __webpack_require__(48769);
        Object.defineProperty(exports, "TRACE_PARENT_HEADER", ({ enumerable: true, get: function () { return W3CTraceContextPropagator_1.TRACE_PARENT_HEADER; } }));
        Object.defineProperty(exports, "TRACE_STATE_HEADER", ({ enumerable: true, get: function () { return W3CTraceContextPropagator_1.TRACE_STATE_HEADER; } }));
        Object.defineProperty(exports, "W3CTraceContextPropagator", ({ enumerable: true, get: function () { return W3CTraceContextPropagator_1.W3CTraceContextPropagator; } }));
        Object.defineProperty(exports, "parseTraceParent", ({ enumerable: true, get: function () { return W3CTraceContextPropagator_1.parseTraceParent; } }));
        var rpc_metadata_1 = __webpack_require__(43832);
        Object.defineProperty(exports, "RPCType", ({ enumerable: true, get: function () { return rpc_metadata_1.RPCType; } }));
        Object.defineProperty(exports, "deleteRPCMetadata", ({ enumerable: true, get: function () { return rpc_metadata_1.deleteRPCMetadata; } }));
        Object.defineProperty(exports, "getRPCMetadata", ({ enumerable: true, get: function () { return rpc_metadata_1.getRPCMetadata; } }));
        Object.defineProperty(exports, "setRPCMetadata", ({ enumerable: true, get: function () { return rpc_metadata_1.setRPCMetadata; } }));
        var suppress_tracing_1 = __webpack_require__(97963);
        Object.defineProperty(exports, "isTracingSuppressed", ({ enumerable: true, get: function () { return suppress_tracing_1.isTracingSuppressed; } }));
        Object.defineProperty(exports, "suppressTracing", ({ enumerable: true, get: function () { return suppress_tracing_1.suppressTracing; } }));
        Object.defineProperty(exports, "unsuppressTracing", ({ enumerable: true, get: function () { return suppress_tracing_1.unsuppressTracing; } }));
        var TraceState_1 = __webpack_require__(31001);
        Object.defineProperty(exports, "TraceState", ({ enumerable: true, get: function () { return TraceState_1.TraceState; } }));
        var merge_1 = __webpack_require__(31615);
        Object.defineProperty(exports, "merge", ({ enumerable: true, get: function () { return merge_1.merge; } }));
        var timeout_1 = __webpack_require__(61988);
        Object.defineProperty(exports, "TimeoutError", ({ enumerable: true, get: function () { return timeout_1.TimeoutError; } }));
        Object.defineProperty(exports, "callWithTimeout", ({ enumerable: true, get: function () { return timeout_1.callWithTimeout; } }));
        var url_1 = __webpack_require__(12326);
        Object.defineProperty(exports, "isUrlIgnored", ({ enumerable: true, get: function () { return url_1.isUrlIgnored; } }));
        Object.defineProperty(exports, "urlMatches", ({ enumerable: true, get: function () { return url_1.urlMatches; } }));
        var callback_1 = __webpack_require__(96940);
        Object.defineProperty(exports, "BindOnceFuture", ({ enumerable: true, get: function () { return callback_1.BindOnceFuture; } }));
        var configuration_1 = __webpack_require__(9233);
        Object.defineProperty(exports, "diagLogLevelFromString", ({ enumerable: true, get: function () { return configuration_1.diagLogLevelFromString; } }));
        const exporter_1 = __webpack_require__(85702);
        exports.internal = {
            _export: exporter_1._export,
        };
    }),
    85702: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports._export = void 0;
        const api_1 = __webpack_require__(63914);
        const suppress_tracing_1 = __webpack_require__(97963);
        function _export(exporter, arg) {
            return new Promise(resolve => {
                api_1.context.with((0, suppress_tracing_1.suppressTracing)(api_1.context.active()), () => {
                    exporter.export(arg, resolve);
                });
            });
        }
        exports._export = _export;
    }),
    35168: ((__unused_webpack_module, exports) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.validateValue = exports.validateKey = void 0;
        const VALID_KEY_CHAR_RANGE = '[_0-9a-z-*/]';
        const VALID_KEY = `[a-z]${VALID_KEY_CHAR_RANGE}{0,255}`;
        const VALID_VENDOR_KEY = `[a-z0-9]${VALID_KEY_CHAR_RANGE}{0,240}@[a-z]${VALID_KEY_CHAR_RANGE}{0,13}`;
        const VALID_KEY_REGEX = new RegExp(`^(?:${VALID_KEY}|${VALID_VENDOR_KEY})$`);
        const VALID_VALUE_BASE_REGEX = /^[ -~]{0,255}[!-~]$/;
        const INVALID_VALUE_COMMA_EQUAL_REGEX = /,|=/;
        function validateKey(key) {
            return VALID_KEY_REGEX.test(key);
        }
        exports.validateKey = validateKey;
        function validateValue(value) {
            return (VALID_VALUE_BASE_REGEX.test(value) &&
                !INVALID_VALUE_COMMA_EQUAL_REGEX.test(value));
        }
        exports.validateValue = validateValue;
    }),
    60509: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.getStringListFromEnv = exports.getNumberFromEnv = exports.getStringFromEnv = exports.getBooleanFromEnv = exports.otperformance = exports._globalThis = exports.SDK_INFO = void 0;
        var node_1 = __webpack_require__(74158);
        Object.defineProperty(exports, "SDK_INFO", ({ enumerable: true, get: function () { return node_1.SDK_INFO; } }));
        Object.defineProperty(exports, "_globalThis", ({ enumerable: true, get: function () { return node_1._globalThis; } }));
        Object.defineProperty(exports, "otperformance", ({ enumerable: true, get: function () { return node_1.otperformance; } }));
        Object.defineProperty(exports, "getBooleanFromEnv", ({ enumerable: true, get: function () { return node_1.getBooleanFromEnv; } }));
        Object.defineProperty(exports, "getStringFromEnv", ({ enumerable: true, get: function () { return node_1.getStringFromEnv; } }));
        Object.defineProperty(exports, "getNumberFromEnv", ({ enumerable: true, get: function () { return node_1.getNumberFromEnv; } }));
        Object.defineProperty(exports, "getStringListFromEnv", ({ enumerable: true, get: function () { return node_1.getStringListFromEnv; } }));
    }),
    20447: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.getStringListFromEnv = exports.getBooleanFromEnv = exports.getStringFromEnv = exports.getNumberFromEnv = void 0;
        const api_1 = __webpack_require__(63914);
        const util_1 = __webpack_require__(39023);
        function getNumberFromEnv(key) {
            const raw = process.env[key];
            if (raw == null || raw.trim() === '') {
                return undefined;
            }
            const value = Number(raw);
            if (isNaN(value)) {
                api_1.diag.warn(`Unknown value ${(0, util_1.inspect)(raw)} for ${key}, expected a number, using defaults`);
                return undefined;
            }
            return value;
        }
        exports.getNumberFromEnv = getNumberFromEnv;
        function getStringFromEnv(key) {
            const raw = process.env[key];
            if (raw == null || raw.trim() === '') {
                return undefined;
            }
            return raw;
        }
        exports.getStringFromEnv = getStringFromEnv;
        function getBooleanFromEnv(key) {
            const raw = process.env[key]?.trim().toLowerCase();
            if (raw == null || raw === '') {
                return false;
            }
            if (raw === 'true') {
                return true;
            }
            else if (raw === 'false') {
                return false;
            }
            else {
                api_1.diag.warn(`Unknown value ${(0, util_1.inspect)(raw)} for ${key}, expected 'true' or 'false', falling back to 'false' (default)`);
                return false;
            }
        }
        exports.getBooleanFromEnv = getBooleanFromEnv;
        function getStringListFromEnv(key) {
            return getStringFromEnv(key)
                ?.split(',')
                .map(v => v.trim())
                .filter(s => s !== '');
        }
        exports.getStringListFromEnv = getStringListFromEnv;
    }),
    74158: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.otperformance = exports.SDK_INFO = exports._globalThis = exports.getStringListFromEnv = exports.getNumberFromEnv = exports.getBooleanFromEnv = exports.getStringFromEnv = void 0;
        var environment_1 = __webpack_require__(20447);
        Object.defineProperty(exports, "getStringFromEnv", ({ enumerable: true, get: function () { return environment_1.getStringFromEnv; } }));
        Object.defineProperty(exports, "getBooleanFromEnv", ({ enumerable: true, get: function () { return environment_1.getBooleanFromEnv; } }));
        Object.defineProperty(exports, "getNumberFromEnv", ({ enumerable: true, get: function () { return environment_1.getNumberFromEnv; } }));
        Object.defineProperty(exports, "getStringListFromEnv", ({ enumerable: true, get: function () { return environment_1.getStringListFromEnv; } }));
        var globalThis_1 = __webpack_require__(68284);
        Object.defineProperty(exports, "_globalThis", ({ enumerable: true, get: function () { return globalThis_1._globalThis; } }));
        var sdk_info_1 = __webpack_require__(36375);
        Object.defineProperty(exports, "SDK_INFO", ({ enumerable: true, get: function () { return sdk_info_1.SDK_INFO; } }));
        exports.otperformance = performance;
    }),
    36375: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.SDK_INFO = void 0;
        const version_1 = __webpack_require__(52597);
        const semantic_conventions_1 = __webpack_require__(31085);
        const semconv_1 = __webpack_require__(98984);
        exports.SDK_INFO = {
            [semantic_conventions_1.ATTR_TELEMETRY_SDK_NAME]: 'opentelemetry',
            [semconv_1.ATTR_PROCESS_RUNTIME_NAME]: 'node',
            [semantic_conventions_1.ATTR_TELEMETRY_SDK_LANGUAGE]: semantic_conventions_1.TELEMETRY_SDK_LANGUAGE_VALUE_NODEJS,
            [semantic_conventions_1.ATTR_TELEMETRY_SDK_VERSION]: version_1.VERSION,
        };
    }),
    50415: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.CompositePropagator = void 0;
        const api_1 = __webpack_require__(63914);
        class CompositePropagator {
            _propagators;
            _fields;
            constructor(config = {}) {
                this._propagators = config.propagators ?? [];
                const fields = new Set();
                for (const propagator of this._propagators) {
                    const propagatorFields = typeof propagator.fields === 'function' ? propagator.fields() : [];
                    for (const field of propagatorFields) {
                        fields.add(field);
                    }
                }
                this._fields = Array.from(fields);
            }
            inject(context, carrier, setter) {
                for (const propagator of this._propagators) {
                    try {
                        propagator.inject(context, carrier, setter);
                    }
                    catch (err) {
                        api_1.diag.warn(`Failed to inject with ${propagator.constructor.name}. Err: ${err.message}`);
                    }
                }
            }
            extract(context, carrier, getter) {
                return this._propagators.reduce((ctx, propagator) => {
                    try {
                        return propagator.extract(ctx, carrier, getter);
                    }
                    catch (err) {
                        api_1.diag.warn(`Failed to extract with ${propagator.constructor.name}. Err: ${err.message}`);
                    }
                    return ctx;
                }, context);
            }
            fields() {
                return this._fields.slice();
            }
        }
        exports.CompositePropagator = CompositePropagator;
    }),
    98984: ((__unused_webpack_module, exports) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.ATTR_PROCESS_RUNTIME_NAME = void 0;
        exports.ATTR_PROCESS_RUNTIME_NAME = 'process.runtime.name';
    }),
    31001: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.TraceState = void 0;
        const validators_1 = __webpack_require__(35168);
        const MAX_TRACE_STATE_ITEMS = 32;
        const MAX_TRACE_STATE_LEN = 512;
        const LIST_MEMBERS_SEPARATOR = ',';
        const LIST_MEMBER_KEY_VALUE_SPLITTER = '=';
        class TraceState {
            _length;
            _rawTraceState;
            _internalState;
            constructor(rawTraceState) {
                this._rawTraceState =
                    typeof rawTraceState === 'string' ? rawTraceState : '';
                this._length = this._rawTraceState.length;
            }
            set(key, value) {
                if (!(0, validators_1.validateKey)(key) || !(0, validators_1.validateValue)(value)) {
                    return this;
                }
                const currState = this._getState();
                const currValue = currState.get(key);
                let newLength = this._length;
                if (typeof currValue === 'string') {
                    newLength += value.length - currValue.length;
                }
                else {
                    newLength += key.length + value.length + (currState.size > 0 ? 2 : 1);
                }
                if (newLength > MAX_TRACE_STATE_LEN) {
                    return this;
                }
                const newState = new Map(currState);
                newState.delete(key);
                newState.set(key, value);
                return this._fromState(newState, newLength);
            }
            unset(key) {
                const currState = this._getState();
                const currValue = currState.get(key);
                if (typeof currValue !== 'string') {
                    return this;
                }
                let newLength = this._length - (key.length + currValue.length + 1);
                if (currState.size > 1) {
                    newLength = newLength - 1;
                }
                const newState = new Map(currState);
                newState.delete(key);
                return this._fromState(newState, newLength);
            }
            get(key) {
                const currState = this._getState();
                return currState.get(key);
            }
            serialize() {
                let serialized = '';
                let index = 0;
                for (const entry of this._getState()) {
                    if (index > 0) {
                        serialized = LIST_MEMBERS_SEPARATOR + serialized;
                    }
                    serialized =
                        `${entry[0]}${LIST_MEMBER_KEY_VALUE_SPLITTER}${entry[1]}` + serialized;
                    index++;
                }
                return serialized;
            }
            _getState() {
                if (this._internalState) {
                    return this._internalState;
                }
                const vendorMembers = this._rawTraceState.split(LIST_MEMBERS_SEPARATOR);
                const vendorEntries = new Map();
                let currentLength = 0;
                for (const member of vendorMembers) {
                    const m = member.trim();
                    const idx = m.indexOf(LIST_MEMBER_KEY_VALUE_SPLITTER);
                    if (idx === -1) {
                        continue;
                    }
                    const key = m.slice(0, idx);
                    const value = m.slice(idx + 1);
                    if (!(0, validators_1.validateKey)(key) || !(0, validators_1.validateValue)(value)) {
                        continue;
                    }
                    const futureLength = currentLength + m.length + (vendorEntries.size > 0 ? 1 : 0);
                    if (futureLength > MAX_TRACE_STATE_LEN) {
                        continue;
                    }
                    vendorEntries.set(key, value);
                    currentLength = futureLength;
                    if (vendorEntries.size >= MAX_TRACE_STATE_ITEMS) {
                        break;
                    }
                }
                this._length = currentLength;
                this._internalState = new Map(Array.from(vendorEntries.entries()).reverse());
                return this._internalState;
            }
            _fromState(state, length) {
                const traceState = Object.create(TraceState.prototype);
                traceState._internalState = state;
                traceState._length = length;
                return traceState;
            }
        }
        exports.TraceState = TraceState;
    }),
    48769: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.W3CTraceContextPropagator = exports.parseTraceParent = exports.TRACE_STATE_HEADER = exports.TRACE_PARENT_HEADER = void 0;
        const api_1 = __webpack_require__(63914);
        const suppress_tracing_1 = __webpack_require__(97963);
        const TraceState_1 = __webpack_require__(31001);
        exports.TRACE_PARENT_HEADER = 'traceparent';
        exports.TRACE_STATE_HEADER = 'tracestate';
        const VERSION = '00';
        const VERSION_PART = '(?!ff)[\\da-f]{2}';
        const TRACE_ID_PART = '(?![0]{32})[\\da-f]{32}';
        const PARENT_ID_PART = '(?![0]{16})[\\da-f]{16}';
        const FLAGS_PART = '[\\da-f]{2}';
        const TRACE_PARENT_REGEX = new RegExp(`^\\s?(${VERSION_PART})-(${TRACE_ID_PART})-(${PARENT_ID_PART})-(${FLAGS_PART})(-.*)?\\s?$`);
        function parseTraceParent(traceParent) {
            const match = TRACE_PARENT_REGEX.exec(traceParent);
            if (!match)
                return null;
            if (match[1] === '00' && match[5])
                return null;
            return {
                traceId: match[2],
                spanId: match[3],
                traceFlags: parseInt(match[4], 16),
            };
        }
        exports.parseTraceParent = parseTraceParent;
        class W3CTraceContextPropagator {
            inject(context, carrier, setter) {
                const spanContext = api_1.trace.getSpanContext(context);
                if (!spanContext ||
                    (0, suppress_tracing_1.isTracingSuppressed)(context) ||
                    !(0, api_1.isSpanContextValid)(spanContext))
                    return;
                const traceParent = `${VERSION}-${spanContext.traceId}-${spanContext.spanId}-0${Number(spanContext.traceFlags || api_1.TraceFlags.NONE).toString(16)}`;
                setter.set(carrier, exports.TRACE_PARENT_HEADER, traceParent);
                if (spanContext.traceState) {
                    setter.set(carrier, exports.TRACE_STATE_HEADER, spanContext.traceState.serialize());
                }
            }
            extract(context, carrier, getter) {
                const traceParentHeader = getter.get(carrier, exports.TRACE_PARENT_HEADER);
                if (!traceParentHeader)
                    return context;
                const traceParent = Array.isArray(traceParentHeader)
                    ? traceParentHeader[0]
                    : traceParentHeader;
                if (typeof traceParent !== 'string')
                    return context;
                const spanContext = parseTraceParent(traceParent);
                if (!spanContext)
                    return context;
                spanContext.isRemote = true;
                const traceStateHeader = getter.get(carrier, exports.TRACE_STATE_HEADER);
                if (traceStateHeader) {
                    const state = Array.isArray(traceStateHeader)
                        ? traceStateHeader.join(',')
                        : traceStateHeader;
                    spanContext.traceState = new TraceState_1.TraceState(typeof state === 'string' ? state : undefined);
                }
                return api_1.trace.setSpanContext(context, spanContext);
            }
            fields() {
                return [exports.TRACE_PARENT_HEADER, exports.TRACE_STATE_HEADER];
            }
        }
        exports.W3CTraceContextPropagator = W3CTraceContextPropagator;
    }),
    43832: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.getRPCMetadata = exports.deleteRPCMetadata = exports.setRPCMetadata = exports.RPCType = void 0;
        const api_1 = __webpack_require__(63914);
        const RPC_METADATA_KEY = (0, api_1.createContextKey)('OpenTelemetry SDK Context Key RPC_METADATA');
        var RPCType;
        (function (RPCType) {
            RPCType["HTTP"] = "http";
        })(RPCType || (exports.RPCType = RPCType = {}));
        function setRPCMetadata(context, meta) {
            return context.setValue(RPC_METADATA_KEY, meta);
        }
        exports.setRPCMetadata = setRPCMetadata;
        function deleteRPCMetadata(context) {
            return context.deleteValue(RPC_METADATA_KEY);
        }
        exports.deleteRPCMetadata = deleteRPCMetadata;
        function getRPCMetadata(context) {
            return context.getValue(RPC_METADATA_KEY);
        }
        exports.getRPCMetadata = getRPCMetadata;
    }),
    97963: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.isTracingSuppressed = exports.unsuppressTracing = exports.suppressTracing = void 0;
        const api_1 = __webpack_require__(63914);
        const SUPPRESS_TRACING_KEY = (0, api_1.createContextKey)('OpenTelemetry SDK Context Key SUPPRESS_TRACING');
        function suppressTracing(context) {
            return context.setValue(SUPPRESS_TRACING_KEY, true);
        }
        exports.suppressTracing = suppressTracing;
        function unsuppressTracing(context) {
            return context.deleteValue(SUPPRESS_TRACING_KEY);
        }
        exports.unsuppressTracing = unsuppressTracing;
        function isTracingSuppressed(context) {
            return context.getValue(SUPPRESS_TRACING_KEY) === true;
        }
        exports.isTracingSuppressed = isTracingSuppressed;
    }),
    96940: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.BindOnceFuture = void 0;
        const promise_1 = __webpack_require__(80670);
        class BindOnceFuture {
            _isCalled = false;
            _deferred = new promise_1.Deferred();
            _callback;
            _that;
            constructor(callback, that) {
                this._callback = callback;
                this._that = that;
            }
            get isCalled() {
                return this._isCalled;
            }
            get promise() {
                return this._deferred.promise;
            }
            call(...args) {
                if (!this._isCalled) {
                    this._isCalled = true;
                    try {
                        Promise.resolve(this._callback.call(this._that, ...args)).then(val => this._deferred.resolve(val), err => this._deferred.reject(err));
                    }
                    catch (err) {
                        this._deferred.reject(err);
                    }
                }
                return this._deferred.promise;
            }
        }
        exports.BindOnceFuture = BindOnceFuture;
    }),
    9233: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.diagLogLevelFromString = void 0;
        const api_1 = __webpack_require__(63914);
        const logLevelMap = {
            ALL: api_1.DiagLogLevel.ALL,
            VERBOSE: api_1.DiagLogLevel.VERBOSE,
            DEBUG: api_1.DiagLogLevel.DEBUG,
            INFO: api_1.DiagLogLevel.INFO,
            WARN: api_1.DiagLogLevel.WARN,
            ERROR: api_1.DiagLogLevel.ERROR,
            NONE: api_1.DiagLogLevel.NONE,
        };
        function diagLogLevelFromString(value) {
            if (value == null) {
                return undefined;
            }
            const resolvedLogLevel = logLevelMap[value.toUpperCase()];
            if (resolvedLogLevel == null) {
                api_1.diag.warn(`Unknown log level "${value}", expected one of ${Object.keys(logLevelMap)}, using default`);
                return api_1.DiagLogLevel.INFO;
            }
            return resolvedLogLevel;
        }
        exports.diagLogLevelFromString = diagLogLevelFromString;
    }),
    71136: ((__unused_webpack_module, exports) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.isPlainObject = void 0;
        const objectTag = '[object Object]';
        const nullTag = '[object Null]';
        const undefinedTag = '[object Undefined]';
        const funcProto = Function.prototype;
        const funcToString = funcProto.toString;
        const objectCtorString = funcToString.call(Object);
        const getPrototypeOf = Object.getPrototypeOf;
        const objectProto = Object.prototype;
        const hasOwnProperty = objectProto.hasOwnProperty;
        const symToStringTag = Symbol ? Symbol.toStringTag : undefined;
        const nativeObjectToString = objectProto.toString;
        function isPlainObject(value) {
            if (!isObjectLike(value) || baseGetTag(value) !== objectTag) {
                return false;
            }
            const proto = getPrototypeOf(value);
            if (proto === null) {
                return true;
            }
            const Ctor = hasOwnProperty.call(proto, 'constructor') && proto.constructor;
            return (typeof Ctor == 'function' &&
                Ctor instanceof Ctor &&
                funcToString.call(Ctor) === objectCtorString);
        }
        exports.isPlainObject = isPlainObject;
        function isObjectLike(value) {
            return value != null && typeof value == 'object';
        }
        function baseGetTag(value) {
            if (value == null) {
                return value === undefined ? undefinedTag : nullTag;
            }
            return symToStringTag && symToStringTag in Object(value)
                ? getRawTag(value)
                : objectToString(value);
        }
        function getRawTag(value) {
            const isOwn = hasOwnProperty.call(value, symToStringTag), tag = value[symToStringTag];
            let unmasked = false;
            try {
                value[symToStringTag] = undefined;
                unmasked = true;
            }
            catch {
            }
            const result = nativeObjectToString.call(value);
            if (unmasked) {
                if (isOwn) {
                    value[symToStringTag] = tag;
                }
                else {
                    delete value[symToStringTag];
                }
            }
            return result;
        }
        function objectToString(value) {
            return nativeObjectToString.call(value);
        }
    }),
    31615: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.merge = void 0;
        const lodash_merge_1 = __webpack_require__(71136);
        const MAX_LEVEL = 20;
        function merge(...args) {
            let result = args.shift();
            const objects = new WeakMap();
            while (args.length > 0) {
                result = mergeTwoObjects(result, args.shift(), 0, objects);
            }
            return result;
        }
        exports.merge = merge;
        function takeValue(value) {
            if (isArray(value)) {
                return value.slice();
            }
            return value;
        }
        function mergeTwoObjects(one, two, level = 0, objects) {
            let result;
            if (level > MAX_LEVEL) {
                return undefined;
            }
            level++;
            if (isPrimitive(one) || isPrimitive(two) || isFunction(two)) {
                result = takeValue(two);
            }
            else if (isArray(one)) {
                result = one.slice();
                if (isArray(two)) {
                    for (let i = 0, j = two.length; i < j; i++) {
                        result.push(takeValue(two[i]));
                    }
                }
                else if (isObject(two)) {
                    const keys = Object.keys(two);
                    for (let i = 0, j = keys.length; i < j; i++) {
                        const key = keys[i];
                        if (key === '__proto__' ||
                            key === 'constructor' ||
                            key === 'prototype') {
                            continue;
                        }
                        result[key] = takeValue(two[key]);
                    }
                }
            }
            else if (isObject(one)) {
                if (isObject(two)) {
                    if (!shouldMerge(one, two)) {
                        return two;
                    }
                    result = Object.assign({}, one);
                    const keys = Object.keys(two);
                    for (let i = 0, j = keys.length; i < j; i++) {
                        const key = keys[i];
                        if (key === '__proto__' ||
                            key === 'constructor' ||
                            key === 'prototype') {
                            continue;
                        }
                        const twoValue = two[key];
                        if (isPrimitive(twoValue)) {
                            if (typeof twoValue === 'undefined') {
                                delete result[key];
                            }
                            else {
                                result[key] = twoValue;
                            }
                        }
                        else {
                            const obj1 = result[key];
                            const obj2 = twoValue;
                            if (wasObjectReferenced(one, key, objects) ||
                                wasObjectReferenced(two, key, objects)) {
                                delete result[key];
                            }
                            else {
                                if (isObject(obj1) && isObject(obj2)) {
                                    const arr1 = objects.get(obj1) || [];
                                    const arr2 = objects.get(obj2) || [];
                                    arr1.push({ obj: one, key });
                                    arr2.push({ obj: two, key });
                                    objects.set(obj1, arr1);
                                    objects.set(obj2, arr2);
                                }
                                result[key] = mergeTwoObjects(result[key], twoValue, level, objects);
                            }
                        }
                    }
                }
                else {
                    result = two;
                }
            }
            return result;
        }
        function wasObjectReferenced(obj, key, objects) {
            const arr = objects.get(obj[key]) || [];
            for (let i = 0, j = arr.length; i < j; i++) {
                const info = arr[i];
                if (info.key === key && info.obj === obj) {
                    return true;
                }
            }
            return false;
        }
        function isArray(value) {
            return Array.isArray(value);
        }
        function isFunction(value) {
            return typeof value === 'function';
        }
        function isObject(value) {
            return (!isPrimitive(value) &&
                !isArray(value) &&
                !isFunction(value) &&
                typeof value === 'object');
        }
        function isPrimitive(value) {
            return (typeof value === 'string' ||
                typeof value === 'number' ||
                typeof value === 'boolean' ||
                typeof value === 'undefined' ||
                value instanceof Date ||
                value instanceof RegExp ||
                value === null);
        }
        function shouldMerge(one, two) {
            if (!(0, lodash_merge_1.isPlainObject)(one) || !(0, lodash_merge_1.isPlainObject)(two)) {
                return false;
            }
            return true;
        }
    }),
    80670: ((__unused_webpack_module, exports) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.Deferred = void 0;
        class Deferred {
            _promise;
            _resolve;
            _reject;
            constructor() {
                this._promise = new Promise((resolve, reject) => {
                    this._resolve = resolve;
                    this._reject = reject;
                });
            }
            get promise() {
                return this._promise;
            }
            resolve(val) {
                this._resolve(val);
            }
            reject(err) {
                this._reject(err);
            }
        }
        exports.Deferred = Deferred;
    }),
    61988: ((__unused_webpack_module, exports) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.callWithTimeout = exports.TimeoutError = void 0;
        class TimeoutError extends Error {
            constructor(message) {
                super(message);
                Object.setPrototypeOf(this, TimeoutError.prototype);
            }
        }
        exports.TimeoutError = TimeoutError;
        function callWithTimeout(promise, timeout) {
            let timeoutHandle;
            const timeoutPromise = new Promise(function timeoutFunction(_resolve, reject) {
                timeoutHandle = setTimeout(function timeoutHandler() {
                    reject(new TimeoutError('Operation timed out.'));
                }, timeout);
            });
            return Promise.race([promise, timeoutPromise]).then(result => {
                clearTimeout(timeoutHandle);
                return result;
            }, reason => {
                clearTimeout(timeoutHandle);
                throw reason;
            });
        }
        exports.callWithTimeout = callWithTimeout;
    }),
    12326: ((__unused_webpack_module, exports) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.isUrlIgnored = exports.urlMatches = void 0;
        function urlMatches(url, urlToMatch) {
            if (typeof urlToMatch === 'string') {
                return url === urlToMatch;
            }
            else {
                return !!url.match(urlToMatch);
            }
        }
        exports.urlMatches = urlMatches;
        function isUrlIgnored(url, ignoredUrls) {
            if (!ignoredUrls) {
                return false;
            }
            for (const ignoreUrl of ignoredUrls) {
                if (urlMatches(url, ignoreUrl)) {
                    return true;
                }
            }
            return false;
        }
        exports.isUrlIgnored = isUrlIgnored;
    }),
    52597: ((__unused_webpack_module, exports) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.VERSION = void 0;
        exports.VERSION = '2.12.1';
    }),
    19308: ((__unused_webpack_module, exports) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.toAnyValue = exports.toKeyValue = exports.toAttributes = exports.createInstrumentationScope = exports.createResource = void 0;
        function createResource(resource, encoder) {
            const result = {
                attributes: toAttributes(resource.attributes, encoder),
                droppedAttributesCount: 0,
            };
            const schemaUrl = resource.schemaUrl;
            if (schemaUrl && schemaUrl !== '')
                result.schemaUrl = schemaUrl;
            return result;
        }
        exports.createResource = createResource;
        function createInstrumentationScope(scope, encoder) {
            const result = {
                name: scope.name,
                version: scope.version,
            };
            if (scope.attributes && Object.keys(scope.attributes).length > 0) {
                result.attributes = toAttributes(scope.attributes, encoder);
                result.droppedAttributesCount = scope.droppedAttributesCount ?? 0;
            }
            return result;
        }
        exports.createInstrumentationScope = createInstrumentationScope;
        function toAttributes(attributes, encoder) {
            return Object.keys(attributes).map(key => toKeyValue(key, attributes[key], encoder));
        }
        exports.toAttributes = toAttributes;
        function toKeyValue(key, value, encoder) {
            return {
                key: key,
                value: toAnyValue(value, encoder),
            };
        }
        exports.toKeyValue = toKeyValue;
        function toAnyValue(value, encoder) {
            const t = typeof value;
            if (t === 'string')
                return { stringValue: value };
            if (t === 'number') {
                if (!Number.isInteger(value))
                    return { doubleValue: value };
                return { intValue: value };
            }
            if (t === 'boolean')
                return { boolValue: value };
            if (value instanceof Uint8Array)
                return { bytesValue: encoder.encodeUint8Array(value) };
            if (Array.isArray(value)) {
                const values = new Array(value.length);
                for (let i = 0; i < value.length; i++) {
                    values[i] = toAnyValue(value[i], encoder);
                }
                return { arrayValue: { values } };
            }
            if (t === 'object' && value != null) {
                const keys = Object.keys(value);
                const values = new Array(keys.length);
                for (let i = 0; i < keys.length; i++) {
                    values[i] = {
                        key: keys[i],
                        value: toAnyValue(value[keys[i]], encoder),
                    };
                }
                return { kvlistValue: { values } };
            }
            return {};
        }
        exports.toAnyValue = toAnyValue;
    }),
    66052: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.JSON_ENCODER = exports.PROTOBUF_ENCODER = exports.encodeAsString = exports.encodeAsLongBits = exports.toLongBits = exports.hrTimeToNanos = void 0;
        const core_1 = __webpack_require__(24637);
        const hex_to_binary_1 = __webpack_require__(50100);
        function hrTimeToNanos(hrTime) {
            const NANOSECONDS = BigInt(1000000000);
            return (BigInt(Math.trunc(hrTime[0])) * NANOSECONDS + BigInt(Math.trunc(hrTime[1])));
        }
        exports.hrTimeToNanos = hrTimeToNanos;
        function toLongBits(value) {
            const low = Number(BigInt.asUintN(32, value));
            const high = Number(BigInt.asUintN(32, value >> BigInt(32)));
            return { low, high };
        }
        exports.toLongBits = toLongBits;
        function encodeAsLongBits(hrTime) {
            const nanos = hrTimeToNanos(hrTime);
            return toLongBits(nanos);
        }
        exports.encodeAsLongBits = encodeAsLongBits;
        function encodeAsString(hrTime) {
            const nanos = hrTimeToNanos(hrTime);
            return nanos.toString();
        }
        exports.encodeAsString = encodeAsString;
        const encodeTimestamp = typeof BigInt !== 'undefined' ? encodeAsString : core_1.hrTimeToNanoseconds;
        function identity(value) {
            return value;
        }
        function optionalHexToBinary(str) {
            if (str === undefined)
                return undefined;
            return (0, hex_to_binary_1.hexToBinary)(str);
        }
        exports.PROTOBUF_ENCODER = {
            encodeHrTime: encodeAsLongBits,
            encodeSpanContext: hex_to_binary_1.hexToBinary,
            encodeOptionalSpanContext: optionalHexToBinary,
            encodeUint8Array: identity,
        };
        exports.JSON_ENCODER = {
            encodeHrTime: encodeTimestamp,
            encodeSpanContext: identity,
            encodeOptionalSpanContext: identity,
            encodeUint8Array: (bytes) => {
                if (typeof Buffer !== 'undefined') {
                    return Buffer.from(bytes).toString('base64');
                }
                const chars = new Array(bytes.length);
                for (let i = 0; i < bytes.length; i++) {
                    chars[i] = String.fromCharCode(bytes[i]);
                }
                return btoa(chars.join(''));
            },
        };
    }),
    74796: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.createExportTraceServiceRequest = exports.toOtlpSpanEvent = exports.toOtlpLink = exports.sdkSpanToOtlpSpan = void 0;
        const internal_1 = __webpack_require__(19308);
        const SPAN_FLAGS_CONTEXT_HAS_IS_REMOTE_MASK = 0x100;
        const SPAN_FLAGS_CONTEXT_IS_REMOTE_MASK = 0x200;
        function buildSpanFlagsFrom(traceFlags, isRemote) {
            let flags = (traceFlags & 0xff) | SPAN_FLAGS_CONTEXT_HAS_IS_REMOTE_MASK;
            if (isRemote) {
                flags |= SPAN_FLAGS_CONTEXT_IS_REMOTE_MASK;
            }
            return flags;
        }
        function sdkSpanToOtlpSpan(span, encoder) {
            const ctx = span.spanContext();
            const status = span.status;
            const parentSpanId = span.parentSpanContext?.spanId
                ? encoder.encodeSpanContext(span.parentSpanContext?.spanId)
                : undefined;
            return {
                traceId: encoder.encodeSpanContext(ctx.traceId),
                spanId: encoder.encodeSpanContext(ctx.spanId),
                parentSpanId: parentSpanId,
                traceState: ctx.traceState?.serialize(),
                name: span.name,
                kind: span.kind == null ? 0 : span.kind + 1,
                startTimeUnixNano: encoder.encodeHrTime(span.startTime),
                endTimeUnixNano: encoder.encodeHrTime(span.endTime),
                attributes: (0, internal_1.toAttributes)(span.attributes, encoder),
                droppedAttributesCount: span.droppedAttributesCount,
                events: span.events.map(event => toOtlpSpanEvent(event, encoder)),
                droppedEventsCount: span.droppedEventsCount,
                status: {
                    code: status.code,
                    message: status.message,
                },
                links: span.links.map(link => toOtlpLink(link, encoder)),
                droppedLinksCount: span.droppedLinksCount,
                flags: buildSpanFlagsFrom(ctx.traceFlags, span.parentSpanContext?.isRemote),
            };
        }
        exports.sdkSpanToOtlpSpan = sdkSpanToOtlpSpan;
        function toOtlpLink(link, encoder) {
            return {
                attributes: link.attributes ? (0, internal_1.toAttributes)(link.attributes, encoder) : [],
                spanId: encoder.encodeSpanContext(link.context.spanId),
                traceId: encoder.encodeSpanContext(link.context.traceId),
                traceState: link.context.traceState?.serialize(),
                droppedAttributesCount: link.droppedAttributesCount || 0,
                flags: buildSpanFlagsFrom(link.context.traceFlags, link.context.isRemote),
            };
        }
        exports.toOtlpLink = toOtlpLink;
        function toOtlpSpanEvent(timedEvent, encoder) {
            return {
                attributes: timedEvent.attributes
                    ? (0, internal_1.toAttributes)(timedEvent.attributes, encoder)
                    : [],
                name: timedEvent.name,
                timeUnixNano: encoder.encodeHrTime(timedEvent.time),
                droppedAttributesCount: timedEvent.droppedAttributesCount || 0,
            };
        }
        exports.toOtlpSpanEvent = toOtlpSpanEvent;
        function createExportTraceServiceRequest(spans, encoder) {
            return {
                resourceSpans: spanRecordsToResourceSpans(spans, encoder),
            };
        }
        exports.createExportTraceServiceRequest = createExportTraceServiceRequest;
        function createResourceMap(readableSpans) {
            const resourceMap = new Map();
            for (const record of readableSpans) {
                let ilsMap = resourceMap.get(record.resource);
                if (!ilsMap) {
                    ilsMap = new Map();
                    resourceMap.set(record.resource, ilsMap);
                }
                const instrumentationScopeKey = `${record.instrumentationScope.name}@${record.instrumentationScope.version || ''}:${record.instrumentationScope.schemaUrl || ''}`;
                let records = ilsMap.get(instrumentationScopeKey);
                if (!records) {
                    records = [];
                    ilsMap.set(instrumentationScopeKey, records);
                }
                records.push(record);
            }
            return resourceMap;
        }
        function spanRecordsToResourceSpans(readableSpans, encoder) {
            const resourceMap = createResourceMap(readableSpans);
            const out = [];
            const entryIterator = resourceMap.entries();
            let entry = entryIterator.next();
            while (!entry.done) {
                const [resource, ilmMap] = entry.value;
                const scopeResourceSpans = [];
                const ilmIterator = ilmMap.values();
                let ilmEntry = ilmIterator.next();
                while (!ilmEntry.done) {
                    const scopeSpans = ilmEntry.value;
                    if (scopeSpans.length > 0) {
                        const spans = scopeSpans.map(readableSpan => sdkSpanToOtlpSpan(readableSpan, encoder));
                        scopeResourceSpans.push({
                            scope: (0, internal_1.createInstrumentationScope)(scopeSpans[0].instrumentationScope, encoder),
                            spans: spans,
                            schemaUrl: scopeSpans[0].instrumentationScope.schemaUrl,
                        });
                    }
                    ilmEntry = ilmIterator.next();
                }
                const processedResource = (0, internal_1.createResource)(resource, encoder);
                const transformedSpans = {
                    resource: processedResource,
                    scopeSpans: scopeResourceSpans,
                    schemaUrl: processedResource.schemaUrl,
                };
                out.push(transformedSpans);
                entry = entryIterator.next();
            }
            return out;
        }
    }),
    42900: ((__unused_webpack_module, exports, __webpack_require__) => {
        var __webpack_unused_export__;
        __webpack_unused_export__ = ({ value: true });
        exports.JsonTraceSerializer = void 0;
        var trace_1 = __webpack_require__(76765);
        Object.defineProperty(exports, "JsonTraceSerializer", ({ enumerable: true, get: function () { return trace_1.JsonTraceSerializer; } }));
    }),
    76765: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.JsonTraceSerializer = void 0;
        const internal_1 = __webpack_require__(74796);
        const utils_1 = __webpack_require__(66052);
        const api_1 = __webpack_require__(63914);
        exports.JsonTraceSerializer = {
            serializeRequest: (arg) => {
                const request = (0, internal_1.createExportTraceServiceRequest)(arg, utils_1.JSON_ENCODER);
                const encoder = new TextEncoder();
                return encoder.encode(JSON.stringify(request));
            },
            deserializeResponse: (arg) => {
                if (arg.length === 0) {
                    return {};
                }
                const decoder = new TextDecoder();
                try {
                    return JSON.parse(decoder.decode(arg));
                }
                catch (err) {
                    api_1.diag.warn(`Failed to parse trace export response: ${err.message}. Returning empty response`);
                    return {};
                }
            },
        };
    }),
    31085: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, Symbol.toStringTag, { value: "Module" });
        const require_SemanticAttributes = __webpack_require__(34934);
        const require_SemanticResourceAttributes = __webpack_require__(31053);
        const require_stable_attributes = __webpack_require__(76110);
        const require_stable_metrics = __webpack_require__(75024);
        const require_stable_events = __webpack_require__(58710);
        exports.ASPNETCORE_DIAGNOSTICS_EXCEPTION_RESULT_VALUE_ABORTED = require_stable_attributes.ASPNETCORE_DIAGNOSTICS_EXCEPTION_RESULT_VALUE_ABORTED;
        exports.ASPNETCORE_DIAGNOSTICS_EXCEPTION_RESULT_VALUE_HANDLED = require_stable_attributes.ASPNETCORE_DIAGNOSTICS_EXCEPTION_RESULT_VALUE_HANDLED;
        exports.ASPNETCORE_DIAGNOSTICS_EXCEPTION_RESULT_VALUE_SKIPPED = require_stable_attributes.ASPNETCORE_DIAGNOSTICS_EXCEPTION_RESULT_VALUE_SKIPPED;
        exports.ASPNETCORE_DIAGNOSTICS_EXCEPTION_RESULT_VALUE_UNHANDLED = require_stable_attributes.ASPNETCORE_DIAGNOSTICS_EXCEPTION_RESULT_VALUE_UNHANDLED;
        exports.ASPNETCORE_RATE_LIMITING_RESULT_VALUE_ACQUIRED = require_stable_attributes.ASPNETCORE_RATE_LIMITING_RESULT_VALUE_ACQUIRED;
        exports.ASPNETCORE_RATE_LIMITING_RESULT_VALUE_ENDPOINT_LIMITER = require_stable_attributes.ASPNETCORE_RATE_LIMITING_RESULT_VALUE_ENDPOINT_LIMITER;
        exports.ASPNETCORE_RATE_LIMITING_RESULT_VALUE_GLOBAL_LIMITER = require_stable_attributes.ASPNETCORE_RATE_LIMITING_RESULT_VALUE_GLOBAL_LIMITER;
        exports.ASPNETCORE_RATE_LIMITING_RESULT_VALUE_REQUEST_CANCELED = require_stable_attributes.ASPNETCORE_RATE_LIMITING_RESULT_VALUE_REQUEST_CANCELED;
        exports.ASPNETCORE_ROUTING_MATCH_STATUS_VALUE_FAILURE = require_stable_attributes.ASPNETCORE_ROUTING_MATCH_STATUS_VALUE_FAILURE;
        exports.ASPNETCORE_ROUTING_MATCH_STATUS_VALUE_SUCCESS = require_stable_attributes.ASPNETCORE_ROUTING_MATCH_STATUS_VALUE_SUCCESS;
        exports.ATTR_ASPNETCORE_DIAGNOSTICS_EXCEPTION_RESULT = require_stable_attributes.ATTR_ASPNETCORE_DIAGNOSTICS_EXCEPTION_RESULT;
        exports.ATTR_ASPNETCORE_DIAGNOSTICS_HANDLER_TYPE = require_stable_attributes.ATTR_ASPNETCORE_DIAGNOSTICS_HANDLER_TYPE;
        exports.ATTR_ASPNETCORE_RATE_LIMITING_POLICY = require_stable_attributes.ATTR_ASPNETCORE_RATE_LIMITING_POLICY;
        exports.ATTR_ASPNETCORE_RATE_LIMITING_RESULT = require_stable_attributes.ATTR_ASPNETCORE_RATE_LIMITING_RESULT;
        exports.ATTR_ASPNETCORE_REQUEST_IS_UNHANDLED = require_stable_attributes.ATTR_ASPNETCORE_REQUEST_IS_UNHANDLED;
        exports.ATTR_ASPNETCORE_ROUTING_IS_FALLBACK = require_stable_attributes.ATTR_ASPNETCORE_ROUTING_IS_FALLBACK;
        exports.ATTR_ASPNETCORE_ROUTING_MATCH_STATUS = require_stable_attributes.ATTR_ASPNETCORE_ROUTING_MATCH_STATUS;
        exports.ATTR_ASPNETCORE_USER_IS_AUTHENTICATED = require_stable_attributes.ATTR_ASPNETCORE_USER_IS_AUTHENTICATED;
        exports.ATTR_CLIENT_ADDRESS = require_stable_attributes.ATTR_CLIENT_ADDRESS;
        exports.ATTR_CLIENT_PORT = require_stable_attributes.ATTR_CLIENT_PORT;
        exports.ATTR_CODE_COLUMN_NUMBER = require_stable_attributes.ATTR_CODE_COLUMN_NUMBER;
        exports.ATTR_CODE_FILE_PATH = require_stable_attributes.ATTR_CODE_FILE_PATH;
        exports.ATTR_CODE_FUNCTION_NAME = require_stable_attributes.ATTR_CODE_FUNCTION_NAME;
        exports.ATTR_CODE_LINE_NUMBER = require_stable_attributes.ATTR_CODE_LINE_NUMBER;
        exports.ATTR_CODE_STACKTRACE = require_stable_attributes.ATTR_CODE_STACKTRACE;
        exports.ATTR_CONTAINER_ID = require_stable_attributes.ATTR_CONTAINER_ID;
        exports.ATTR_CONTAINER_IMAGE_NAME = require_stable_attributes.ATTR_CONTAINER_IMAGE_NAME;
        exports.ATTR_CONTAINER_IMAGE_REPO_DIGESTS = require_stable_attributes.ATTR_CONTAINER_IMAGE_REPO_DIGESTS;
        exports.ATTR_CONTAINER_IMAGE_TAGS = require_stable_attributes.ATTR_CONTAINER_IMAGE_TAGS;
        exports.ATTR_DB_COLLECTION_NAME = require_stable_attributes.ATTR_DB_COLLECTION_NAME;
        exports.ATTR_DB_NAMESPACE = require_stable_attributes.ATTR_DB_NAMESPACE;
        exports.ATTR_DB_OPERATION_BATCH_SIZE = require_stable_attributes.ATTR_DB_OPERATION_BATCH_SIZE;
        exports.ATTR_DB_OPERATION_NAME = require_stable_attributes.ATTR_DB_OPERATION_NAME;
        exports.ATTR_DB_QUERY_SUMMARY = require_stable_attributes.ATTR_DB_QUERY_SUMMARY;
        exports.ATTR_DB_QUERY_TEXT = require_stable_attributes.ATTR_DB_QUERY_TEXT;
        exports.ATTR_DB_RESPONSE_STATUS_CODE = require_stable_attributes.ATTR_DB_RESPONSE_STATUS_CODE;
        exports.ATTR_DB_STORED_PROCEDURE_NAME = require_stable_attributes.ATTR_DB_STORED_PROCEDURE_NAME;
        exports.ATTR_DB_SYSTEM_NAME = require_stable_attributes.ATTR_DB_SYSTEM_NAME;
        exports.ATTR_DEPLOYMENT_ENVIRONMENT_NAME = require_stable_attributes.ATTR_DEPLOYMENT_ENVIRONMENT_NAME;
        exports.ATTR_DOTNET_GC_HEAP_GENERATION = require_stable_attributes.ATTR_DOTNET_GC_HEAP_GENERATION;
        exports.ATTR_ERROR_TYPE = require_stable_attributes.ATTR_ERROR_TYPE;
        exports.ATTR_EXCEPTION_ESCAPED = require_stable_attributes.ATTR_EXCEPTION_ESCAPED;
        exports.ATTR_EXCEPTION_MESSAGE = require_stable_attributes.ATTR_EXCEPTION_MESSAGE;
        exports.ATTR_EXCEPTION_STACKTRACE = require_stable_attributes.ATTR_EXCEPTION_STACKTRACE;
        exports.ATTR_EXCEPTION_TYPE = require_stable_attributes.ATTR_EXCEPTION_TYPE;
        exports.ATTR_HTTP_REQUEST_HEADER = require_stable_attributes.ATTR_HTTP_REQUEST_HEADER;
        exports.ATTR_HTTP_REQUEST_METHOD = require_stable_attributes.ATTR_HTTP_REQUEST_METHOD;
        exports.ATTR_HTTP_REQUEST_METHOD_ORIGINAL = require_stable_attributes.ATTR_HTTP_REQUEST_METHOD_ORIGINAL;
        exports.ATTR_HTTP_REQUEST_RESEND_COUNT = require_stable_attributes.ATTR_HTTP_REQUEST_RESEND_COUNT;
        exports.ATTR_HTTP_RESPONSE_HEADER = require_stable_attributes.ATTR_HTTP_RESPONSE_HEADER;
        exports.ATTR_HTTP_RESPONSE_STATUS_CODE = require_stable_attributes.ATTR_HTTP_RESPONSE_STATUS_CODE;
        exports.ATTR_HTTP_ROUTE = require_stable_attributes.ATTR_HTTP_ROUTE;
        exports.ATTR_JVM_GC_ACTION = require_stable_attributes.ATTR_JVM_GC_ACTION;
        exports.ATTR_JVM_GC_NAME = require_stable_attributes.ATTR_JVM_GC_NAME;
        exports.ATTR_JVM_MEMORY_POOL_NAME = require_stable_attributes.ATTR_JVM_MEMORY_POOL_NAME;
        exports.ATTR_JVM_MEMORY_TYPE = require_stable_attributes.ATTR_JVM_MEMORY_TYPE;
        exports.ATTR_JVM_THREAD_DAEMON = require_stable_attributes.ATTR_JVM_THREAD_DAEMON;
        exports.ATTR_JVM_THREAD_STATE = require_stable_attributes.ATTR_JVM_THREAD_STATE;
        exports.ATTR_K8S_CLUSTER_NAME = require_stable_attributes.ATTR_K8S_CLUSTER_NAME;
        exports.ATTR_K8S_CLUSTER_UID = require_stable_attributes.ATTR_K8S_CLUSTER_UID;
        exports.ATTR_K8S_CONTAINER_NAME = require_stable_attributes.ATTR_K8S_CONTAINER_NAME;
        exports.ATTR_K8S_CONTAINER_RESTART_COUNT = require_stable_attributes.ATTR_K8S_CONTAINER_RESTART_COUNT;
        exports.ATTR_K8S_CRONJOB_ANNOTATION = require_stable_attributes.ATTR_K8S_CRONJOB_ANNOTATION;
        exports.ATTR_K8S_CRONJOB_LABEL = require_stable_attributes.ATTR_K8S_CRONJOB_LABEL;
        exports.ATTR_K8S_CRONJOB_NAME = require_stable_attributes.ATTR_K8S_CRONJOB_NAME;
        exports.ATTR_K8S_CRONJOB_UID = require_stable_attributes.ATTR_K8S_CRONJOB_UID;
        exports.ATTR_K8S_DAEMONSET_ANNOTATION = require_stable_attributes.ATTR_K8S_DAEMONSET_ANNOTATION;
        exports.ATTR_K8S_DAEMONSET_LABEL = require_stable_attributes.ATTR_K8S_DAEMONSET_LABEL;
        exports.ATTR_K8S_DAEMONSET_NAME = require_stable_attributes.ATTR_K8S_DAEMONSET_NAME;
        exports.ATTR_K8S_DAEMONSET_UID = require_stable_attributes.ATTR_K8S_DAEMONSET_UID;
        exports.ATTR_K8S_DEPLOYMENT_ANNOTATION = require_stable_attributes.ATTR_K8S_DEPLOYMENT_ANNOTATION;
        exports.ATTR_K8S_DEPLOYMENT_LABEL = require_stable_attributes.ATTR_K8S_DEPLOYMENT_LABEL;
        exports.ATTR_K8S_DEPLOYMENT_NAME = require_stable_attributes.ATTR_K8S_DEPLOYMENT_NAME;
        exports.ATTR_K8S_DEPLOYMENT_UID = require_stable_attributes.ATTR_K8S_DEPLOYMENT_UID;
        exports.ATTR_K8S_JOB_ANNOTATION = require_stable_attributes.ATTR_K8S_JOB_ANNOTATION;
        exports.ATTR_K8S_JOB_LABEL = require_stable_attributes.ATTR_K8S_JOB_LABEL;
        exports.ATTR_K8S_JOB_NAME = require_stable_attributes.ATTR_K8S_JOB_NAME;
        exports.ATTR_K8S_JOB_UID = require_stable_attributes.ATTR_K8S_JOB_UID;
        exports.ATTR_K8S_NAMESPACE_ANNOTATION = require_stable_attributes.ATTR_K8S_NAMESPACE_ANNOTATION;
        exports.ATTR_K8S_NAMESPACE_LABEL = require_stable_attributes.ATTR_K8S_NAMESPACE_LABEL;
        exports.ATTR_K8S_NAMESPACE_NAME = require_stable_attributes.ATTR_K8S_NAMESPACE_NAME;
        exports.ATTR_K8S_NODE_ANNOTATION = require_stable_attributes.ATTR_K8S_NODE_ANNOTATION;
        exports.ATTR_K8S_NODE_LABEL = require_stable_attributes.ATTR_K8S_NODE_LABEL;
        exports.ATTR_K8S_NODE_NAME = require_stable_attributes.ATTR_K8S_NODE_NAME;
        exports.ATTR_K8S_NODE_UID = require_stable_attributes.ATTR_K8S_NODE_UID;
        exports.ATTR_K8S_POD_ANNOTATION = require_stable_attributes.ATTR_K8S_POD_ANNOTATION;
        exports.ATTR_K8S_POD_HOSTNAME = require_stable_attributes.ATTR_K8S_POD_HOSTNAME;
        exports.ATTR_K8S_POD_IP = require_stable_attributes.ATTR_K8S_POD_IP;
        exports.ATTR_K8S_POD_LABEL = require_stable_attributes.ATTR_K8S_POD_LABEL;
        exports.ATTR_K8S_POD_NAME = require_stable_attributes.ATTR_K8S_POD_NAME;
        exports.ATTR_K8S_POD_START_TIME = require_stable_attributes.ATTR_K8S_POD_START_TIME;
        exports.ATTR_K8S_POD_UID = require_stable_attributes.ATTR_K8S_POD_UID;
        exports.ATTR_K8S_REPLICASET_ANNOTATION = require_stable_attributes.ATTR_K8S_REPLICASET_ANNOTATION;
        exports.ATTR_K8S_REPLICASET_LABEL = require_stable_attributes.ATTR_K8S_REPLICASET_LABEL;
        exports.ATTR_K8S_REPLICASET_NAME = require_stable_attributes.ATTR_K8S_REPLICASET_NAME;
        exports.ATTR_K8S_REPLICASET_UID = require_stable_attributes.ATTR_K8S_REPLICASET_UID;
        exports.ATTR_K8S_STATEFULSET_ANNOTATION = require_stable_attributes.ATTR_K8S_STATEFULSET_ANNOTATION;
        exports.ATTR_K8S_STATEFULSET_LABEL = require_stable_attributes.ATTR_K8S_STATEFULSET_LABEL;
        exports.ATTR_K8S_STATEFULSET_NAME = require_stable_attributes.ATTR_K8S_STATEFULSET_NAME;
        exports.ATTR_K8S_STATEFULSET_UID = require_stable_attributes.ATTR_K8S_STATEFULSET_UID;
        exports.ATTR_NETWORK_LOCAL_ADDRESS = require_stable_attributes.ATTR_NETWORK_LOCAL_ADDRESS;
        exports.ATTR_NETWORK_LOCAL_PORT = require_stable_attributes.ATTR_NETWORK_LOCAL_PORT;
        exports.ATTR_NETWORK_PEER_ADDRESS = require_stable_attributes.ATTR_NETWORK_PEER_ADDRESS;
        exports.ATTR_NETWORK_PEER_PORT = require_stable_attributes.ATTR_NETWORK_PEER_PORT;
        exports.ATTR_NETWORK_PROTOCOL_NAME = require_stable_attributes.ATTR_NETWORK_PROTOCOL_NAME;
        exports.ATTR_NETWORK_PROTOCOL_VERSION = require_stable_attributes.ATTR_NETWORK_PROTOCOL_VERSION;
        exports.ATTR_NETWORK_TRANSPORT = require_stable_attributes.ATTR_NETWORK_TRANSPORT;
        exports.ATTR_NETWORK_TYPE = require_stable_attributes.ATTR_NETWORK_TYPE;
        exports.ATTR_OTEL_EVENT_NAME = require_stable_attributes.ATTR_OTEL_EVENT_NAME;
        exports.ATTR_OTEL_SCOPE_NAME = require_stable_attributes.ATTR_OTEL_SCOPE_NAME;
        exports.ATTR_OTEL_SCOPE_VERSION = require_stable_attributes.ATTR_OTEL_SCOPE_VERSION;
        exports.ATTR_OTEL_STATUS_CODE = require_stable_attributes.ATTR_OTEL_STATUS_CODE;
        exports.ATTR_OTEL_STATUS_DESCRIPTION = require_stable_attributes.ATTR_OTEL_STATUS_DESCRIPTION;
        exports.ATTR_RPC_METHOD = require_stable_attributes.ATTR_RPC_METHOD;
        exports.ATTR_RPC_METHOD_ORIGINAL = require_stable_attributes.ATTR_RPC_METHOD_ORIGINAL;
        exports.ATTR_RPC_STATUS_CODE = require_stable_attributes.ATTR_RPC_STATUS_CODE;
        exports.ATTR_RPC_SYSTEM_NAME = require_stable_attributes.ATTR_RPC_SYSTEM_NAME;
        exports.ATTR_SERVER_ADDRESS = require_stable_attributes.ATTR_SERVER_ADDRESS;
        exports.ATTR_SERVER_PORT = require_stable_attributes.ATTR_SERVER_PORT;
        exports.ATTR_SERVICE_INSTANCE_ID = require_stable_attributes.ATTR_SERVICE_INSTANCE_ID;
        exports.ATTR_SERVICE_NAME = require_stable_attributes.ATTR_SERVICE_NAME;
        exports.ATTR_SERVICE_NAMESPACE = require_stable_attributes.ATTR_SERVICE_NAMESPACE;
        exports.ATTR_SERVICE_VERSION = require_stable_attributes.ATTR_SERVICE_VERSION;
        exports.ATTR_SIGNALR_CONNECTION_STATUS = require_stable_attributes.ATTR_SIGNALR_CONNECTION_STATUS;
        exports.ATTR_SIGNALR_TRANSPORT = require_stable_attributes.ATTR_SIGNALR_TRANSPORT;
        exports.ATTR_TELEMETRY_DISTRO_NAME = require_stable_attributes.ATTR_TELEMETRY_DISTRO_NAME;
        exports.ATTR_TELEMETRY_DISTRO_VERSION = require_stable_attributes.ATTR_TELEMETRY_DISTRO_VERSION;
        exports.ATTR_TELEMETRY_SDK_LANGUAGE = require_stable_attributes.ATTR_TELEMETRY_SDK_LANGUAGE;
        exports.ATTR_TELEMETRY_SDK_NAME = require_stable_attributes.ATTR_TELEMETRY_SDK_NAME;
        exports.ATTR_TELEMETRY_SDK_VERSION = require_stable_attributes.ATTR_TELEMETRY_SDK_VERSION;
        exports.ATTR_URL_FRAGMENT = require_stable_attributes.ATTR_URL_FRAGMENT;
        exports.ATTR_URL_FULL = require_stable_attributes.ATTR_URL_FULL;
        exports.ATTR_URL_PATH = require_stable_attributes.ATTR_URL_PATH;
        exports.ATTR_URL_QUERY = require_stable_attributes.ATTR_URL_QUERY;
        exports.ATTR_URL_SCHEME = require_stable_attributes.ATTR_URL_SCHEME;
        exports.ATTR_USER_AGENT_ORIGINAL = require_stable_attributes.ATTR_USER_AGENT_ORIGINAL;
        exports.AWSECSLAUNCHTYPEVALUES_EC2 = require_SemanticResourceAttributes.AWSECSLAUNCHTYPEVALUES_EC2;
        exports.AWSECSLAUNCHTYPEVALUES_FARGATE = require_SemanticResourceAttributes.AWSECSLAUNCHTYPEVALUES_FARGATE;
        exports.AwsEcsLaunchtypeValues = require_SemanticResourceAttributes.AwsEcsLaunchtypeValues;
        exports.CLOUDPLATFORMVALUES_ALIBABA_CLOUD_ECS = require_SemanticResourceAttributes.CLOUDPLATFORMVALUES_ALIBABA_CLOUD_ECS;
        exports.CLOUDPLATFORMVALUES_ALIBABA_CLOUD_FC = require_SemanticResourceAttributes.CLOUDPLATFORMVALUES_ALIBABA_CLOUD_FC;
        exports.CLOUDPLATFORMVALUES_AWS_EC2 = require_SemanticResourceAttributes.CLOUDPLATFORMVALUES_AWS_EC2;
        exports.CLOUDPLATFORMVALUES_AWS_ECS = require_SemanticResourceAttributes.CLOUDPLATFORMVALUES_AWS_ECS;
        exports.CLOUDPLATFORMVALUES_AWS_EKS = require_SemanticResourceAttributes.CLOUDPLATFORMVALUES_AWS_EKS;
        exports.CLOUDPLATFORMVALUES_AWS_ELASTIC_BEANSTALK = require_SemanticResourceAttributes.CLOUDPLATFORMVALUES_AWS_ELASTIC_BEANSTALK;
        exports.CLOUDPLATFORMVALUES_AWS_LAMBDA = require_SemanticResourceAttributes.CLOUDPLATFORMVALUES_AWS_LAMBDA;
        exports.CLOUDPLATFORMVALUES_AZURE_AKS = require_SemanticResourceAttributes.CLOUDPLATFORMVALUES_AZURE_AKS;
        exports.CLOUDPLATFORMVALUES_AZURE_APP_SERVICE = require_SemanticResourceAttributes.CLOUDPLATFORMVALUES_AZURE_APP_SERVICE;
        exports.CLOUDPLATFORMVALUES_AZURE_CONTAINER_INSTANCES = require_SemanticResourceAttributes.CLOUDPLATFORMVALUES_AZURE_CONTAINER_INSTANCES;
        exports.CLOUDPLATFORMVALUES_AZURE_FUNCTIONS = require_SemanticResourceAttributes.CLOUDPLATFORMVALUES_AZURE_FUNCTIONS;
        exports.CLOUDPLATFORMVALUES_AZURE_VM = require_SemanticResourceAttributes.CLOUDPLATFORMVALUES_AZURE_VM;
        exports.CLOUDPLATFORMVALUES_GCP_APP_ENGINE = require_SemanticResourceAttributes.CLOUDPLATFORMVALUES_GCP_APP_ENGINE;
        exports.CLOUDPLATFORMVALUES_GCP_CLOUD_FUNCTIONS = require_SemanticResourceAttributes.CLOUDPLATFORMVALUES_GCP_CLOUD_FUNCTIONS;
        exports.CLOUDPLATFORMVALUES_GCP_CLOUD_RUN = require_SemanticResourceAttributes.CLOUDPLATFORMVALUES_GCP_CLOUD_RUN;
        exports.CLOUDPLATFORMVALUES_GCP_COMPUTE_ENGINE = require_SemanticResourceAttributes.CLOUDPLATFORMVALUES_GCP_COMPUTE_ENGINE;
        exports.CLOUDPLATFORMVALUES_GCP_KUBERNETES_ENGINE = require_SemanticResourceAttributes.CLOUDPLATFORMVALUES_GCP_KUBERNETES_ENGINE;
        exports.CLOUDPROVIDERVALUES_ALIBABA_CLOUD = require_SemanticResourceAttributes.CLOUDPROVIDERVALUES_ALIBABA_CLOUD;
        exports.CLOUDPROVIDERVALUES_AWS = require_SemanticResourceAttributes.CLOUDPROVIDERVALUES_AWS;
        exports.CLOUDPROVIDERVALUES_AZURE = require_SemanticResourceAttributes.CLOUDPROVIDERVALUES_AZURE;
        exports.CLOUDPROVIDERVALUES_GCP = require_SemanticResourceAttributes.CLOUDPROVIDERVALUES_GCP;
        exports.CloudPlatformValues = require_SemanticResourceAttributes.CloudPlatformValues;
        exports.CloudProviderValues = require_SemanticResourceAttributes.CloudProviderValues;
        exports.DBCASSANDRACONSISTENCYLEVELVALUES_ALL = require_SemanticAttributes.DBCASSANDRACONSISTENCYLEVELVALUES_ALL;
        exports.DBCASSANDRACONSISTENCYLEVELVALUES_ANY = require_SemanticAttributes.DBCASSANDRACONSISTENCYLEVELVALUES_ANY;
        exports.DBCASSANDRACONSISTENCYLEVELVALUES_EACH_QUORUM = require_SemanticAttributes.DBCASSANDRACONSISTENCYLEVELVALUES_EACH_QUORUM;
        exports.DBCASSANDRACONSISTENCYLEVELVALUES_LOCAL_ONE = require_SemanticAttributes.DBCASSANDRACONSISTENCYLEVELVALUES_LOCAL_ONE;
        exports.DBCASSANDRACONSISTENCYLEVELVALUES_LOCAL_QUORUM = require_SemanticAttributes.DBCASSANDRACONSISTENCYLEVELVALUES_LOCAL_QUORUM;
        exports.DBCASSANDRACONSISTENCYLEVELVALUES_LOCAL_SERIAL = require_SemanticAttributes.DBCASSANDRACONSISTENCYLEVELVALUES_LOCAL_SERIAL;
        exports.DBCASSANDRACONSISTENCYLEVELVALUES_ONE = require_SemanticAttributes.DBCASSANDRACONSISTENCYLEVELVALUES_ONE;
        exports.DBCASSANDRACONSISTENCYLEVELVALUES_QUORUM = require_SemanticAttributes.DBCASSANDRACONSISTENCYLEVELVALUES_QUORUM;
        exports.DBCASSANDRACONSISTENCYLEVELVALUES_SERIAL = require_SemanticAttributes.DBCASSANDRACONSISTENCYLEVELVALUES_SERIAL;
        exports.DBCASSANDRACONSISTENCYLEVELVALUES_THREE = require_SemanticAttributes.DBCASSANDRACONSISTENCYLEVELVALUES_THREE;
        exports.DBCASSANDRACONSISTENCYLEVELVALUES_TWO = require_SemanticAttributes.DBCASSANDRACONSISTENCYLEVELVALUES_TWO;
        exports.DBSYSTEMVALUES_ADABAS = require_SemanticAttributes.DBSYSTEMVALUES_ADABAS;
        exports.DBSYSTEMVALUES_CACHE = require_SemanticAttributes.DBSYSTEMVALUES_CACHE;
        exports.DBSYSTEMVALUES_CASSANDRA = require_SemanticAttributes.DBSYSTEMVALUES_CASSANDRA;
        exports.DBSYSTEMVALUES_CLOUDSCAPE = require_SemanticAttributes.DBSYSTEMVALUES_CLOUDSCAPE;
        exports.DBSYSTEMVALUES_COCKROACHDB = require_SemanticAttributes.DBSYSTEMVALUES_COCKROACHDB;
        exports.DBSYSTEMVALUES_COLDFUSION = require_SemanticAttributes.DBSYSTEMVALUES_COLDFUSION;
        exports.DBSYSTEMVALUES_COSMOSDB = require_SemanticAttributes.DBSYSTEMVALUES_COSMOSDB;
        exports.DBSYSTEMVALUES_COUCHBASE = require_SemanticAttributes.DBSYSTEMVALUES_COUCHBASE;
        exports.DBSYSTEMVALUES_COUCHDB = require_SemanticAttributes.DBSYSTEMVALUES_COUCHDB;
        exports.DBSYSTEMVALUES_DB2 = require_SemanticAttributes.DBSYSTEMVALUES_DB2;
        exports.DBSYSTEMVALUES_DERBY = require_SemanticAttributes.DBSYSTEMVALUES_DERBY;
        exports.DBSYSTEMVALUES_DYNAMODB = require_SemanticAttributes.DBSYSTEMVALUES_DYNAMODB;
        exports.DBSYSTEMVALUES_EDB = require_SemanticAttributes.DBSYSTEMVALUES_EDB;
        exports.DBSYSTEMVALUES_ELASTICSEARCH = require_SemanticAttributes.DBSYSTEMVALUES_ELASTICSEARCH;
        exports.DBSYSTEMVALUES_FILEMAKER = require_SemanticAttributes.DBSYSTEMVALUES_FILEMAKER;
        exports.DBSYSTEMVALUES_FIREBIRD = require_SemanticAttributes.DBSYSTEMVALUES_FIREBIRD;
        exports.DBSYSTEMVALUES_FIRSTSQL = require_SemanticAttributes.DBSYSTEMVALUES_FIRSTSQL;
        exports.DBSYSTEMVALUES_GEODE = require_SemanticAttributes.DBSYSTEMVALUES_GEODE;
        exports.DBSYSTEMVALUES_H2 = require_SemanticAttributes.DBSYSTEMVALUES_H2;
        exports.DBSYSTEMVALUES_HANADB = require_SemanticAttributes.DBSYSTEMVALUES_HANADB;
        exports.DBSYSTEMVALUES_HBASE = require_SemanticAttributes.DBSYSTEMVALUES_HBASE;
        exports.DBSYSTEMVALUES_HIVE = require_SemanticAttributes.DBSYSTEMVALUES_HIVE;
        exports.DBSYSTEMVALUES_HSQLDB = require_SemanticAttributes.DBSYSTEMVALUES_HSQLDB;
        exports.DBSYSTEMVALUES_INFORMIX = require_SemanticAttributes.DBSYSTEMVALUES_INFORMIX;
        exports.DBSYSTEMVALUES_INGRES = require_SemanticAttributes.DBSYSTEMVALUES_INGRES;
        exports.DBSYSTEMVALUES_INSTANTDB = require_SemanticAttributes.DBSYSTEMVALUES_INSTANTDB;
        exports.DBSYSTEMVALUES_INTERBASE = require_SemanticAttributes.DBSYSTEMVALUES_INTERBASE;
        exports.DBSYSTEMVALUES_MARIADB = require_SemanticAttributes.DBSYSTEMVALUES_MARIADB;
        exports.DBSYSTEMVALUES_MAXDB = require_SemanticAttributes.DBSYSTEMVALUES_MAXDB;
        exports.DBSYSTEMVALUES_MEMCACHED = require_SemanticAttributes.DBSYSTEMVALUES_MEMCACHED;
        exports.DBSYSTEMVALUES_MONGODB = require_SemanticAttributes.DBSYSTEMVALUES_MONGODB;
        exports.DBSYSTEMVALUES_MSSQL = require_SemanticAttributes.DBSYSTEMVALUES_MSSQL;
        exports.DBSYSTEMVALUES_MYSQL = require_SemanticAttributes.DBSYSTEMVALUES_MYSQL;
        exports.DBSYSTEMVALUES_NEO4J = require_SemanticAttributes.DBSYSTEMVALUES_NEO4J;
        exports.DBSYSTEMVALUES_NETEZZA = require_SemanticAttributes.DBSYSTEMVALUES_NETEZZA;
        exports.DBSYSTEMVALUES_ORACLE = require_SemanticAttributes.DBSYSTEMVALUES_ORACLE;
        exports.DBSYSTEMVALUES_OTHER_SQL = require_SemanticAttributes.DBSYSTEMVALUES_OTHER_SQL;
        exports.DBSYSTEMVALUES_PERVASIVE = require_SemanticAttributes.DBSYSTEMVALUES_PERVASIVE;
        exports.DBSYSTEMVALUES_POINTBASE = require_SemanticAttributes.DBSYSTEMVALUES_POINTBASE;
        exports.DBSYSTEMVALUES_POSTGRESQL = require_SemanticAttributes.DBSYSTEMVALUES_POSTGRESQL;
        exports.DBSYSTEMVALUES_PROGRESS = require_SemanticAttributes.DBSYSTEMVALUES_PROGRESS;
        exports.DBSYSTEMVALUES_REDIS = require_SemanticAttributes.DBSYSTEMVALUES_REDIS;
        exports.DBSYSTEMVALUES_REDSHIFT = require_SemanticAttributes.DBSYSTEMVALUES_REDSHIFT;
        exports.DBSYSTEMVALUES_SQLITE = require_SemanticAttributes.DBSYSTEMVALUES_SQLITE;
        exports.DBSYSTEMVALUES_SYBASE = require_SemanticAttributes.DBSYSTEMVALUES_SYBASE;
        exports.DBSYSTEMVALUES_TERADATA = require_SemanticAttributes.DBSYSTEMVALUES_TERADATA;
        exports.DBSYSTEMVALUES_VERTICA = require_SemanticAttributes.DBSYSTEMVALUES_VERTICA;
        exports.DB_SYSTEM_NAME_VALUE_MARIADB = require_stable_attributes.DB_SYSTEM_NAME_VALUE_MARIADB;
        exports.DB_SYSTEM_NAME_VALUE_MICROSOFT_SQL_SERVER = require_stable_attributes.DB_SYSTEM_NAME_VALUE_MICROSOFT_SQL_SERVER;
        exports.DB_SYSTEM_NAME_VALUE_MYSQL = require_stable_attributes.DB_SYSTEM_NAME_VALUE_MYSQL;
        exports.DB_SYSTEM_NAME_VALUE_POSTGRESQL = require_stable_attributes.DB_SYSTEM_NAME_VALUE_POSTGRESQL;
        exports.DEPLOYMENT_ENVIRONMENT_NAME_VALUE_DEVELOPMENT = require_stable_attributes.DEPLOYMENT_ENVIRONMENT_NAME_VALUE_DEVELOPMENT;
        exports.DEPLOYMENT_ENVIRONMENT_NAME_VALUE_PRODUCTION = require_stable_attributes.DEPLOYMENT_ENVIRONMENT_NAME_VALUE_PRODUCTION;
        exports.DEPLOYMENT_ENVIRONMENT_NAME_VALUE_STAGING = require_stable_attributes.DEPLOYMENT_ENVIRONMENT_NAME_VALUE_STAGING;
        exports.DEPLOYMENT_ENVIRONMENT_NAME_VALUE_TEST = require_stable_attributes.DEPLOYMENT_ENVIRONMENT_NAME_VALUE_TEST;
        exports.DOTNET_GC_HEAP_GENERATION_VALUE_GEN0 = require_stable_attributes.DOTNET_GC_HEAP_GENERATION_VALUE_GEN0;
        exports.DOTNET_GC_HEAP_GENERATION_VALUE_GEN1 = require_stable_attributes.DOTNET_GC_HEAP_GENERATION_VALUE_GEN1;
        exports.DOTNET_GC_HEAP_GENERATION_VALUE_GEN2 = require_stable_attributes.DOTNET_GC_HEAP_GENERATION_VALUE_GEN2;
        exports.DOTNET_GC_HEAP_GENERATION_VALUE_LOH = require_stable_attributes.DOTNET_GC_HEAP_GENERATION_VALUE_LOH;
        exports.DOTNET_GC_HEAP_GENERATION_VALUE_POH = require_stable_attributes.DOTNET_GC_HEAP_GENERATION_VALUE_POH;
        exports.DbCassandraConsistencyLevelValues = require_SemanticAttributes.DbCassandraConsistencyLevelValues;
        exports.DbSystemValues = require_SemanticAttributes.DbSystemValues;
        exports.ERROR_TYPE_VALUE_OTHER = require_stable_attributes.ERROR_TYPE_VALUE_OTHER;
        exports.EVENT_EXCEPTION = require_stable_events.EVENT_EXCEPTION;
        exports.FAASDOCUMENTOPERATIONVALUES_DELETE = require_SemanticAttributes.FAASDOCUMENTOPERATIONVALUES_DELETE;
        exports.FAASDOCUMENTOPERATIONVALUES_EDIT = require_SemanticAttributes.FAASDOCUMENTOPERATIONVALUES_EDIT;
        exports.FAASDOCUMENTOPERATIONVALUES_INSERT = require_SemanticAttributes.FAASDOCUMENTOPERATIONVALUES_INSERT;
        exports.FAASINVOKEDPROVIDERVALUES_ALIBABA_CLOUD = require_SemanticAttributes.FAASINVOKEDPROVIDERVALUES_ALIBABA_CLOUD;
        exports.FAASINVOKEDPROVIDERVALUES_AWS = require_SemanticAttributes.FAASINVOKEDPROVIDERVALUES_AWS;
        exports.FAASINVOKEDPROVIDERVALUES_AZURE = require_SemanticAttributes.FAASINVOKEDPROVIDERVALUES_AZURE;
        exports.FAASINVOKEDPROVIDERVALUES_GCP = require_SemanticAttributes.FAASINVOKEDPROVIDERVALUES_GCP;
        exports.FAASTRIGGERVALUES_DATASOURCE = require_SemanticAttributes.FAASTRIGGERVALUES_DATASOURCE;
        exports.FAASTRIGGERVALUES_HTTP = require_SemanticAttributes.FAASTRIGGERVALUES_HTTP;
        exports.FAASTRIGGERVALUES_OTHER = require_SemanticAttributes.FAASTRIGGERVALUES_OTHER;
        exports.FAASTRIGGERVALUES_PUBSUB = require_SemanticAttributes.FAASTRIGGERVALUES_PUBSUB;
        exports.FAASTRIGGERVALUES_TIMER = require_SemanticAttributes.FAASTRIGGERVALUES_TIMER;
        exports.FaasDocumentOperationValues = require_SemanticAttributes.FaasDocumentOperationValues;
        exports.FaasInvokedProviderValues = require_SemanticAttributes.FaasInvokedProviderValues;
        exports.FaasTriggerValues = require_SemanticAttributes.FaasTriggerValues;
        exports.HOSTARCHVALUES_AMD64 = require_SemanticResourceAttributes.HOSTARCHVALUES_AMD64;
        exports.HOSTARCHVALUES_ARM32 = require_SemanticResourceAttributes.HOSTARCHVALUES_ARM32;
        exports.HOSTARCHVALUES_ARM64 = require_SemanticResourceAttributes.HOSTARCHVALUES_ARM64;
        exports.HOSTARCHVALUES_IA64 = require_SemanticResourceAttributes.HOSTARCHVALUES_IA64;
        exports.HOSTARCHVALUES_PPC32 = require_SemanticResourceAttributes.HOSTARCHVALUES_PPC32;
        exports.HOSTARCHVALUES_PPC64 = require_SemanticResourceAttributes.HOSTARCHVALUES_PPC64;
        exports.HOSTARCHVALUES_X86 = require_SemanticResourceAttributes.HOSTARCHVALUES_X86;
        exports.HTTPFLAVORVALUES_HTTP_1_0 = require_SemanticAttributes.HTTPFLAVORVALUES_HTTP_1_0;
        exports.HTTPFLAVORVALUES_HTTP_1_1 = require_SemanticAttributes.HTTPFLAVORVALUES_HTTP_1_1;
        exports.HTTPFLAVORVALUES_HTTP_2_0 = require_SemanticAttributes.HTTPFLAVORVALUES_HTTP_2_0;
        exports.HTTPFLAVORVALUES_QUIC = require_SemanticAttributes.HTTPFLAVORVALUES_QUIC;
        exports.HTTPFLAVORVALUES_SPDY = require_SemanticAttributes.HTTPFLAVORVALUES_SPDY;
        exports.HTTP_REQUEST_METHOD_VALUE_CONNECT = require_stable_attributes.HTTP_REQUEST_METHOD_VALUE_CONNECT;
        exports.HTTP_REQUEST_METHOD_VALUE_DELETE = require_stable_attributes.HTTP_REQUEST_METHOD_VALUE_DELETE;
        exports.HTTP_REQUEST_METHOD_VALUE_GET = require_stable_attributes.HTTP_REQUEST_METHOD_VALUE_GET;
        exports.HTTP_REQUEST_METHOD_VALUE_HEAD = require_stable_attributes.HTTP_REQUEST_METHOD_VALUE_HEAD;
        exports.HTTP_REQUEST_METHOD_VALUE_OPTIONS = require_stable_attributes.HTTP_REQUEST_METHOD_VALUE_OPTIONS;
        exports.HTTP_REQUEST_METHOD_VALUE_OTHER = require_stable_attributes.HTTP_REQUEST_METHOD_VALUE_OTHER;
        exports.HTTP_REQUEST_METHOD_VALUE_PATCH = require_stable_attributes.HTTP_REQUEST_METHOD_VALUE_PATCH;
        exports.HTTP_REQUEST_METHOD_VALUE_POST = require_stable_attributes.HTTP_REQUEST_METHOD_VALUE_POST;
        exports.HTTP_REQUEST_METHOD_VALUE_PUT = require_stable_attributes.HTTP_REQUEST_METHOD_VALUE_PUT;
        exports.HTTP_REQUEST_METHOD_VALUE_TRACE = require_stable_attributes.HTTP_REQUEST_METHOD_VALUE_TRACE;
        exports.HostArchValues = require_SemanticResourceAttributes.HostArchValues;
        exports.HttpFlavorValues = require_SemanticAttributes.HttpFlavorValues;
        exports.JVM_MEMORY_TYPE_VALUE_HEAP = require_stable_attributes.JVM_MEMORY_TYPE_VALUE_HEAP;
        exports.JVM_MEMORY_TYPE_VALUE_NON_HEAP = require_stable_attributes.JVM_MEMORY_TYPE_VALUE_NON_HEAP;
        exports.JVM_THREAD_STATE_VALUE_BLOCKED = require_stable_attributes.JVM_THREAD_STATE_VALUE_BLOCKED;
        exports.JVM_THREAD_STATE_VALUE_NEW = require_stable_attributes.JVM_THREAD_STATE_VALUE_NEW;
        exports.JVM_THREAD_STATE_VALUE_RUNNABLE = require_stable_attributes.JVM_THREAD_STATE_VALUE_RUNNABLE;
        exports.JVM_THREAD_STATE_VALUE_TERMINATED = require_stable_attributes.JVM_THREAD_STATE_VALUE_TERMINATED;
        exports.JVM_THREAD_STATE_VALUE_TIMED_WAITING = require_stable_attributes.JVM_THREAD_STATE_VALUE_TIMED_WAITING;
        exports.JVM_THREAD_STATE_VALUE_WAITING = require_stable_attributes.JVM_THREAD_STATE_VALUE_WAITING;
        exports.MESSAGETYPEVALUES_RECEIVED = require_SemanticAttributes.MESSAGETYPEVALUES_RECEIVED;
        exports.MESSAGETYPEVALUES_SENT = require_SemanticAttributes.MESSAGETYPEVALUES_SENT;
        exports.MESSAGINGDESTINATIONKINDVALUES_QUEUE = require_SemanticAttributes.MESSAGINGDESTINATIONKINDVALUES_QUEUE;
        exports.MESSAGINGDESTINATIONKINDVALUES_TOPIC = require_SemanticAttributes.MESSAGINGDESTINATIONKINDVALUES_TOPIC;
        exports.MESSAGINGOPERATIONVALUES_PROCESS = require_SemanticAttributes.MESSAGINGOPERATIONVALUES_PROCESS;
        exports.MESSAGINGOPERATIONVALUES_RECEIVE = require_SemanticAttributes.MESSAGINGOPERATIONVALUES_RECEIVE;
        exports.METRIC_ASPNETCORE_DIAGNOSTICS_EXCEPTIONS = require_stable_metrics.METRIC_ASPNETCORE_DIAGNOSTICS_EXCEPTIONS;
        exports.METRIC_ASPNETCORE_RATE_LIMITING_ACTIVE_REQUEST_LEASES = require_stable_metrics.METRIC_ASPNETCORE_RATE_LIMITING_ACTIVE_REQUEST_LEASES;
        exports.METRIC_ASPNETCORE_RATE_LIMITING_QUEUED_REQUESTS = require_stable_metrics.METRIC_ASPNETCORE_RATE_LIMITING_QUEUED_REQUESTS;
        exports.METRIC_ASPNETCORE_RATE_LIMITING_REQUESTS = require_stable_metrics.METRIC_ASPNETCORE_RATE_LIMITING_REQUESTS;
        exports.METRIC_ASPNETCORE_RATE_LIMITING_REQUEST_LEASE_DURATION = require_stable_metrics.METRIC_ASPNETCORE_RATE_LIMITING_REQUEST_LEASE_DURATION;
        exports.METRIC_ASPNETCORE_RATE_LIMITING_REQUEST_TIME_IN_QUEUE = require_stable_metrics.METRIC_ASPNETCORE_RATE_LIMITING_REQUEST_TIME_IN_QUEUE;
        exports.METRIC_ASPNETCORE_ROUTING_MATCH_ATTEMPTS = require_stable_metrics.METRIC_ASPNETCORE_ROUTING_MATCH_ATTEMPTS;
        exports.METRIC_DB_CLIENT_OPERATION_DURATION = require_stable_metrics.METRIC_DB_CLIENT_OPERATION_DURATION;
        exports.METRIC_DOTNET_ASSEMBLY_COUNT = require_stable_metrics.METRIC_DOTNET_ASSEMBLY_COUNT;
        exports.METRIC_DOTNET_EXCEPTIONS = require_stable_metrics.METRIC_DOTNET_EXCEPTIONS;
        exports.METRIC_DOTNET_GC_COLLECTIONS = require_stable_metrics.METRIC_DOTNET_GC_COLLECTIONS;
        exports.METRIC_DOTNET_GC_HEAP_TOTAL_ALLOCATED = require_stable_metrics.METRIC_DOTNET_GC_HEAP_TOTAL_ALLOCATED;
        exports.METRIC_DOTNET_GC_LAST_COLLECTION_HEAP_FRAGMENTATION_SIZE = require_stable_metrics.METRIC_DOTNET_GC_LAST_COLLECTION_HEAP_FRAGMENTATION_SIZE;
        exports.METRIC_DOTNET_GC_LAST_COLLECTION_HEAP_SIZE = require_stable_metrics.METRIC_DOTNET_GC_LAST_COLLECTION_HEAP_SIZE;
        exports.METRIC_DOTNET_GC_LAST_COLLECTION_MEMORY_COMMITTED_SIZE = require_stable_metrics.METRIC_DOTNET_GC_LAST_COLLECTION_MEMORY_COMMITTED_SIZE;
        exports.METRIC_DOTNET_GC_PAUSE_TIME = require_stable_metrics.METRIC_DOTNET_GC_PAUSE_TIME;
        exports.METRIC_DOTNET_JIT_COMPILATION_TIME = require_stable_metrics.METRIC_DOTNET_JIT_COMPILATION_TIME;
        exports.METRIC_DOTNET_JIT_COMPILED_IL_SIZE = require_stable_metrics.METRIC_DOTNET_JIT_COMPILED_IL_SIZE;
        exports.METRIC_DOTNET_JIT_COMPILED_METHODS = require_stable_metrics.METRIC_DOTNET_JIT_COMPILED_METHODS;
        exports.METRIC_DOTNET_MONITOR_LOCK_CONTENTIONS = require_stable_metrics.METRIC_DOTNET_MONITOR_LOCK_CONTENTIONS;
        exports.METRIC_DOTNET_PROCESS_CPU_COUNT = require_stable_metrics.METRIC_DOTNET_PROCESS_CPU_COUNT;
        exports.METRIC_DOTNET_PROCESS_CPU_TIME = require_stable_metrics.METRIC_DOTNET_PROCESS_CPU_TIME;
        exports.METRIC_DOTNET_PROCESS_MEMORY_WORKING_SET = require_stable_metrics.METRIC_DOTNET_PROCESS_MEMORY_WORKING_SET;
        exports.METRIC_DOTNET_THREAD_POOL_QUEUE_LENGTH = require_stable_metrics.METRIC_DOTNET_THREAD_POOL_QUEUE_LENGTH;
        exports.METRIC_DOTNET_THREAD_POOL_THREAD_COUNT = require_stable_metrics.METRIC_DOTNET_THREAD_POOL_THREAD_COUNT;
        exports.METRIC_DOTNET_THREAD_POOL_WORK_ITEM_COUNT = require_stable_metrics.METRIC_DOTNET_THREAD_POOL_WORK_ITEM_COUNT;
        exports.METRIC_DOTNET_TIMER_COUNT = require_stable_metrics.METRIC_DOTNET_TIMER_COUNT;
        exports.METRIC_HTTP_CLIENT_REQUEST_DURATION = require_stable_metrics.METRIC_HTTP_CLIENT_REQUEST_DURATION;
        exports.METRIC_HTTP_SERVER_REQUEST_DURATION = require_stable_metrics.METRIC_HTTP_SERVER_REQUEST_DURATION;
        exports.METRIC_JVM_CLASS_COUNT = require_stable_metrics.METRIC_JVM_CLASS_COUNT;
        exports.METRIC_JVM_CLASS_LOADED = require_stable_metrics.METRIC_JVM_CLASS_LOADED;
        exports.METRIC_JVM_CLASS_UNLOADED = require_stable_metrics.METRIC_JVM_CLASS_UNLOADED;
        exports.METRIC_JVM_CPU_COUNT = require_stable_metrics.METRIC_JVM_CPU_COUNT;
        exports.METRIC_JVM_CPU_RECENT_UTILIZATION = require_stable_metrics.METRIC_JVM_CPU_RECENT_UTILIZATION;
        exports.METRIC_JVM_CPU_TIME = require_stable_metrics.METRIC_JVM_CPU_TIME;
        exports.METRIC_JVM_GC_DURATION = require_stable_metrics.METRIC_JVM_GC_DURATION;
        exports.METRIC_JVM_MEMORY_COMMITTED = require_stable_metrics.METRIC_JVM_MEMORY_COMMITTED;
        exports.METRIC_JVM_MEMORY_LIMIT = require_stable_metrics.METRIC_JVM_MEMORY_LIMIT;
        exports.METRIC_JVM_MEMORY_USED = require_stable_metrics.METRIC_JVM_MEMORY_USED;
        exports.METRIC_JVM_MEMORY_USED_AFTER_LAST_GC = require_stable_metrics.METRIC_JVM_MEMORY_USED_AFTER_LAST_GC;
        exports.METRIC_JVM_THREAD_COUNT = require_stable_metrics.METRIC_JVM_THREAD_COUNT;
        exports.METRIC_KESTREL_ACTIVE_CONNECTIONS = require_stable_metrics.METRIC_KESTREL_ACTIVE_CONNECTIONS;
        exports.METRIC_KESTREL_ACTIVE_TLS_HANDSHAKES = require_stable_metrics.METRIC_KESTREL_ACTIVE_TLS_HANDSHAKES;
        exports.METRIC_KESTREL_CONNECTION_DURATION = require_stable_metrics.METRIC_KESTREL_CONNECTION_DURATION;
        exports.METRIC_KESTREL_QUEUED_CONNECTIONS = require_stable_metrics.METRIC_KESTREL_QUEUED_CONNECTIONS;
        exports.METRIC_KESTREL_QUEUED_REQUESTS = require_stable_metrics.METRIC_KESTREL_QUEUED_REQUESTS;
        exports.METRIC_KESTREL_REJECTED_CONNECTIONS = require_stable_metrics.METRIC_KESTREL_REJECTED_CONNECTIONS;
        exports.METRIC_KESTREL_TLS_HANDSHAKE_DURATION = require_stable_metrics.METRIC_KESTREL_TLS_HANDSHAKE_DURATION;
        exports.METRIC_KESTREL_UPGRADED_CONNECTIONS = require_stable_metrics.METRIC_KESTREL_UPGRADED_CONNECTIONS;
        exports.METRIC_RPC_CLIENT_CALL_DURATION = require_stable_metrics.METRIC_RPC_CLIENT_CALL_DURATION;
        exports.METRIC_RPC_SERVER_CALL_DURATION = require_stable_metrics.METRIC_RPC_SERVER_CALL_DURATION;
        exports.METRIC_SIGNALR_SERVER_ACTIVE_CONNECTIONS = require_stable_metrics.METRIC_SIGNALR_SERVER_ACTIVE_CONNECTIONS;
        exports.METRIC_SIGNALR_SERVER_CONNECTION_DURATION = require_stable_metrics.METRIC_SIGNALR_SERVER_CONNECTION_DURATION;
        exports.MessageTypeValues = require_SemanticAttributes.MessageTypeValues;
        exports.MessagingDestinationKindValues = require_SemanticAttributes.MessagingDestinationKindValues;
        exports.MessagingOperationValues = require_SemanticAttributes.MessagingOperationValues;
        exports.NETHOSTCONNECTIONSUBTYPEVALUES_CDMA = require_SemanticAttributes.NETHOSTCONNECTIONSUBTYPEVALUES_CDMA;
        exports.NETHOSTCONNECTIONSUBTYPEVALUES_CDMA2000_1XRTT = require_SemanticAttributes.NETHOSTCONNECTIONSUBTYPEVALUES_CDMA2000_1XRTT;
        exports.NETHOSTCONNECTIONSUBTYPEVALUES_EDGE = require_SemanticAttributes.NETHOSTCONNECTIONSUBTYPEVALUES_EDGE;
        exports.NETHOSTCONNECTIONSUBTYPEVALUES_EHRPD = require_SemanticAttributes.NETHOSTCONNECTIONSUBTYPEVALUES_EHRPD;
        exports.NETHOSTCONNECTIONSUBTYPEVALUES_EVDO_0 = require_SemanticAttributes.NETHOSTCONNECTIONSUBTYPEVALUES_EVDO_0;
        exports.NETHOSTCONNECTIONSUBTYPEVALUES_EVDO_A = require_SemanticAttributes.NETHOSTCONNECTIONSUBTYPEVALUES_EVDO_A;
        exports.NETHOSTCONNECTIONSUBTYPEVALUES_EVDO_B = require_SemanticAttributes.NETHOSTCONNECTIONSUBTYPEVALUES_EVDO_B;
        exports.NETHOSTCONNECTIONSUBTYPEVALUES_GPRS = require_SemanticAttributes.NETHOSTCONNECTIONSUBTYPEVALUES_GPRS;
        exports.NETHOSTCONNECTIONSUBTYPEVALUES_GSM = require_SemanticAttributes.NETHOSTCONNECTIONSUBTYPEVALUES_GSM;
        exports.NETHOSTCONNECTIONSUBTYPEVALUES_HSDPA = require_SemanticAttributes.NETHOSTCONNECTIONSUBTYPEVALUES_HSDPA;
        exports.NETHOSTCONNECTIONSUBTYPEVALUES_HSPA = require_SemanticAttributes.NETHOSTCONNECTIONSUBTYPEVALUES_HSPA;
        exports.NETHOSTCONNECTIONSUBTYPEVALUES_HSPAP = require_SemanticAttributes.NETHOSTCONNECTIONSUBTYPEVALUES_HSPAP;
        exports.NETHOSTCONNECTIONSUBTYPEVALUES_HSUPA = require_SemanticAttributes.NETHOSTCONNECTIONSUBTYPEVALUES_HSUPA;
        exports.NETHOSTCONNECTIONSUBTYPEVALUES_IDEN = require_SemanticAttributes.NETHOSTCONNECTIONSUBTYPEVALUES_IDEN;
        exports.NETHOSTCONNECTIONSUBTYPEVALUES_IWLAN = require_SemanticAttributes.NETHOSTCONNECTIONSUBTYPEVALUES_IWLAN;
        exports.NETHOSTCONNECTIONSUBTYPEVALUES_LTE = require_SemanticAttributes.NETHOSTCONNECTIONSUBTYPEVALUES_LTE;
        exports.NETHOSTCONNECTIONSUBTYPEVALUES_LTE_CA = require_SemanticAttributes.NETHOSTCONNECTIONSUBTYPEVALUES_LTE_CA;
        exports.NETHOSTCONNECTIONSUBTYPEVALUES_NR = require_SemanticAttributes.NETHOSTCONNECTIONSUBTYPEVALUES_NR;
        exports.NETHOSTCONNECTIONSUBTYPEVALUES_NRNSA = require_SemanticAttributes.NETHOSTCONNECTIONSUBTYPEVALUES_NRNSA;
        exports.NETHOSTCONNECTIONSUBTYPEVALUES_TD_SCDMA = require_SemanticAttributes.NETHOSTCONNECTIONSUBTYPEVALUES_TD_SCDMA;
        exports.NETHOSTCONNECTIONSUBTYPEVALUES_UMTS = require_SemanticAttributes.NETHOSTCONNECTIONSUBTYPEVALUES_UMTS;
        exports.NETHOSTCONNECTIONTYPEVALUES_CELL = require_SemanticAttributes.NETHOSTCONNECTIONTYPEVALUES_CELL;
        exports.NETHOSTCONNECTIONTYPEVALUES_UNAVAILABLE = require_SemanticAttributes.NETHOSTCONNECTIONTYPEVALUES_UNAVAILABLE;
        exports.NETHOSTCONNECTIONTYPEVALUES_UNKNOWN = require_SemanticAttributes.NETHOSTCONNECTIONTYPEVALUES_UNKNOWN;
        exports.NETHOSTCONNECTIONTYPEVALUES_WIFI = require_SemanticAttributes.NETHOSTCONNECTIONTYPEVALUES_WIFI;
        exports.NETHOSTCONNECTIONTYPEVALUES_WIRED = require_SemanticAttributes.NETHOSTCONNECTIONTYPEVALUES_WIRED;
        exports.NETTRANSPORTVALUES_INPROC = require_SemanticAttributes.NETTRANSPORTVALUES_INPROC;
        exports.NETTRANSPORTVALUES_IP = require_SemanticAttributes.NETTRANSPORTVALUES_IP;
        exports.NETTRANSPORTVALUES_IP_TCP = require_SemanticAttributes.NETTRANSPORTVALUES_IP_TCP;
        exports.NETTRANSPORTVALUES_IP_UDP = require_SemanticAttributes.NETTRANSPORTVALUES_IP_UDP;
        exports.NETTRANSPORTVALUES_OTHER = require_SemanticAttributes.NETTRANSPORTVALUES_OTHER;
        exports.NETTRANSPORTVALUES_PIPE = require_SemanticAttributes.NETTRANSPORTVALUES_PIPE;
        exports.NETTRANSPORTVALUES_UNIX = require_SemanticAttributes.NETTRANSPORTVALUES_UNIX;
        exports.NETWORK_TRANSPORT_VALUE_PIPE = require_stable_attributes.NETWORK_TRANSPORT_VALUE_PIPE;
        exports.NETWORK_TRANSPORT_VALUE_QUIC = require_stable_attributes.NETWORK_TRANSPORT_VALUE_QUIC;
        exports.NETWORK_TRANSPORT_VALUE_TCP = require_stable_attributes.NETWORK_TRANSPORT_VALUE_TCP;
        exports.NETWORK_TRANSPORT_VALUE_UDP = require_stable_attributes.NETWORK_TRANSPORT_VALUE_UDP;
        exports.NETWORK_TRANSPORT_VALUE_UNIX = require_stable_attributes.NETWORK_TRANSPORT_VALUE_UNIX;
        exports.NETWORK_TYPE_VALUE_IPV4 = require_stable_attributes.NETWORK_TYPE_VALUE_IPV4;
        exports.NETWORK_TYPE_VALUE_IPV6 = require_stable_attributes.NETWORK_TYPE_VALUE_IPV6;
        exports.NetHostConnectionSubtypeValues = require_SemanticAttributes.NetHostConnectionSubtypeValues;
        exports.NetHostConnectionTypeValues = require_SemanticAttributes.NetHostConnectionTypeValues;
        exports.NetTransportValues = require_SemanticAttributes.NetTransportValues;
        exports.OSTYPEVALUES_AIX = require_SemanticResourceAttributes.OSTYPEVALUES_AIX;
        exports.OSTYPEVALUES_DARWIN = require_SemanticResourceAttributes.OSTYPEVALUES_DARWIN;
        exports.OSTYPEVALUES_DRAGONFLYBSD = require_SemanticResourceAttributes.OSTYPEVALUES_DRAGONFLYBSD;
        exports.OSTYPEVALUES_FREEBSD = require_SemanticResourceAttributes.OSTYPEVALUES_FREEBSD;
        exports.OSTYPEVALUES_HPUX = require_SemanticResourceAttributes.OSTYPEVALUES_HPUX;
        exports.OSTYPEVALUES_LINUX = require_SemanticResourceAttributes.OSTYPEVALUES_LINUX;
        exports.OSTYPEVALUES_NETBSD = require_SemanticResourceAttributes.OSTYPEVALUES_NETBSD;
        exports.OSTYPEVALUES_OPENBSD = require_SemanticResourceAttributes.OSTYPEVALUES_OPENBSD;
        exports.OSTYPEVALUES_SOLARIS = require_SemanticResourceAttributes.OSTYPEVALUES_SOLARIS;
        exports.OSTYPEVALUES_WINDOWS = require_SemanticResourceAttributes.OSTYPEVALUES_WINDOWS;
        exports.OSTYPEVALUES_Z_OS = require_SemanticResourceAttributes.OSTYPEVALUES_Z_OS;
        exports.OTEL_STATUS_CODE_VALUE_ERROR = require_stable_attributes.OTEL_STATUS_CODE_VALUE_ERROR;
        exports.OTEL_STATUS_CODE_VALUE_OK = require_stable_attributes.OTEL_STATUS_CODE_VALUE_OK;
        exports.OsTypeValues = require_SemanticResourceAttributes.OsTypeValues;
        exports.RPCGRPCSTATUSCODEVALUES_ABORTED = require_SemanticAttributes.RPCGRPCSTATUSCODEVALUES_ABORTED;
        exports.RPCGRPCSTATUSCODEVALUES_ALREADY_EXISTS = require_SemanticAttributes.RPCGRPCSTATUSCODEVALUES_ALREADY_EXISTS;
        exports.RPCGRPCSTATUSCODEVALUES_CANCELLED = require_SemanticAttributes.RPCGRPCSTATUSCODEVALUES_CANCELLED;
        exports.RPCGRPCSTATUSCODEVALUES_DATA_LOSS = require_SemanticAttributes.RPCGRPCSTATUSCODEVALUES_DATA_LOSS;
        exports.RPCGRPCSTATUSCODEVALUES_DEADLINE_EXCEEDED = require_SemanticAttributes.RPCGRPCSTATUSCODEVALUES_DEADLINE_EXCEEDED;
        exports.RPCGRPCSTATUSCODEVALUES_FAILED_PRECONDITION = require_SemanticAttributes.RPCGRPCSTATUSCODEVALUES_FAILED_PRECONDITION;
        exports.RPCGRPCSTATUSCODEVALUES_INTERNAL = require_SemanticAttributes.RPCGRPCSTATUSCODEVALUES_INTERNAL;
        exports.RPCGRPCSTATUSCODEVALUES_INVALID_ARGUMENT = require_SemanticAttributes.RPCGRPCSTATUSCODEVALUES_INVALID_ARGUMENT;
        exports.RPCGRPCSTATUSCODEVALUES_NOT_FOUND = require_SemanticAttributes.RPCGRPCSTATUSCODEVALUES_NOT_FOUND;
        exports.RPCGRPCSTATUSCODEVALUES_OK = require_SemanticAttributes.RPCGRPCSTATUSCODEVALUES_OK;
        exports.RPCGRPCSTATUSCODEVALUES_OUT_OF_RANGE = require_SemanticAttributes.RPCGRPCSTATUSCODEVALUES_OUT_OF_RANGE;
        exports.RPCGRPCSTATUSCODEVALUES_PERMISSION_DENIED = require_SemanticAttributes.RPCGRPCSTATUSCODEVALUES_PERMISSION_DENIED;
        exports.RPCGRPCSTATUSCODEVALUES_RESOURCE_EXHAUSTED = require_SemanticAttributes.RPCGRPCSTATUSCODEVALUES_RESOURCE_EXHAUSTED;
        exports.RPCGRPCSTATUSCODEVALUES_UNAUTHENTICATED = require_SemanticAttributes.RPCGRPCSTATUSCODEVALUES_UNAUTHENTICATED;
        exports.RPCGRPCSTATUSCODEVALUES_UNAVAILABLE = require_SemanticAttributes.RPCGRPCSTATUSCODEVALUES_UNAVAILABLE;
        exports.RPCGRPCSTATUSCODEVALUES_UNIMPLEMENTED = require_SemanticAttributes.RPCGRPCSTATUSCODEVALUES_UNIMPLEMENTED;
        exports.RPCGRPCSTATUSCODEVALUES_UNKNOWN = require_SemanticAttributes.RPCGRPCSTATUSCODEVALUES_UNKNOWN;
        exports.RPC_SYSTEM_NAME_VALUE_DUBBO = require_stable_attributes.RPC_SYSTEM_NAME_VALUE_DUBBO;
        exports.RPC_SYSTEM_NAME_VALUE_GRPC = require_stable_attributes.RPC_SYSTEM_NAME_VALUE_GRPC;
        exports.RpcGrpcStatusCodeValues = require_SemanticAttributes.RpcGrpcStatusCodeValues;
        exports.SEMATTRS_AWS_DYNAMODB_ATTRIBUTES_TO_GET = require_SemanticAttributes.SEMATTRS_AWS_DYNAMODB_ATTRIBUTES_TO_GET;
        exports.SEMATTRS_AWS_DYNAMODB_ATTRIBUTE_DEFINITIONS = require_SemanticAttributes.SEMATTRS_AWS_DYNAMODB_ATTRIBUTE_DEFINITIONS;
        exports.SEMATTRS_AWS_DYNAMODB_CONSISTENT_READ = require_SemanticAttributes.SEMATTRS_AWS_DYNAMODB_CONSISTENT_READ;
        exports.SEMATTRS_AWS_DYNAMODB_CONSUMED_CAPACITY = require_SemanticAttributes.SEMATTRS_AWS_DYNAMODB_CONSUMED_CAPACITY;
        exports.SEMATTRS_AWS_DYNAMODB_COUNT = require_SemanticAttributes.SEMATTRS_AWS_DYNAMODB_COUNT;
        exports.SEMATTRS_AWS_DYNAMODB_EXCLUSIVE_START_TABLE = require_SemanticAttributes.SEMATTRS_AWS_DYNAMODB_EXCLUSIVE_START_TABLE;
        exports.SEMATTRS_AWS_DYNAMODB_GLOBAL_SECONDARY_INDEXES = require_SemanticAttributes.SEMATTRS_AWS_DYNAMODB_GLOBAL_SECONDARY_INDEXES;
        exports.SEMATTRS_AWS_DYNAMODB_GLOBAL_SECONDARY_INDEX_UPDATES = require_SemanticAttributes.SEMATTRS_AWS_DYNAMODB_GLOBAL_SECONDARY_INDEX_UPDATES;
        exports.SEMATTRS_AWS_DYNAMODB_INDEX_NAME = require_SemanticAttributes.SEMATTRS_AWS_DYNAMODB_INDEX_NAME;
        exports.SEMATTRS_AWS_DYNAMODB_ITEM_COLLECTION_METRICS = require_SemanticAttributes.SEMATTRS_AWS_DYNAMODB_ITEM_COLLECTION_METRICS;
        exports.SEMATTRS_AWS_DYNAMODB_LIMIT = require_SemanticAttributes.SEMATTRS_AWS_DYNAMODB_LIMIT;
        exports.SEMATTRS_AWS_DYNAMODB_LOCAL_SECONDARY_INDEXES = require_SemanticAttributes.SEMATTRS_AWS_DYNAMODB_LOCAL_SECONDARY_INDEXES;
        exports.SEMATTRS_AWS_DYNAMODB_PROJECTION = require_SemanticAttributes.SEMATTRS_AWS_DYNAMODB_PROJECTION;
        exports.SEMATTRS_AWS_DYNAMODB_PROVISIONED_READ_CAPACITY = require_SemanticAttributes.SEMATTRS_AWS_DYNAMODB_PROVISIONED_READ_CAPACITY;
        exports.SEMATTRS_AWS_DYNAMODB_PROVISIONED_WRITE_CAPACITY = require_SemanticAttributes.SEMATTRS_AWS_DYNAMODB_PROVISIONED_WRITE_CAPACITY;
        exports.SEMATTRS_AWS_DYNAMODB_SCANNED_COUNT = require_SemanticAttributes.SEMATTRS_AWS_DYNAMODB_SCANNED_COUNT;
        exports.SEMATTRS_AWS_DYNAMODB_SCAN_FORWARD = require_SemanticAttributes.SEMATTRS_AWS_DYNAMODB_SCAN_FORWARD;
        exports.SEMATTRS_AWS_DYNAMODB_SEGMENT = require_SemanticAttributes.SEMATTRS_AWS_DYNAMODB_SEGMENT;
        exports.SEMATTRS_AWS_DYNAMODB_SELECT = require_SemanticAttributes.SEMATTRS_AWS_DYNAMODB_SELECT;
        exports.SEMATTRS_AWS_DYNAMODB_TABLE_COUNT = require_SemanticAttributes.SEMATTRS_AWS_DYNAMODB_TABLE_COUNT;
        exports.SEMATTRS_AWS_DYNAMODB_TABLE_NAMES = require_SemanticAttributes.SEMATTRS_AWS_DYNAMODB_TABLE_NAMES;
        exports.SEMATTRS_AWS_DYNAMODB_TOTAL_SEGMENTS = require_SemanticAttributes.SEMATTRS_AWS_DYNAMODB_TOTAL_SEGMENTS;
        exports.SEMATTRS_AWS_LAMBDA_INVOKED_ARN = require_SemanticAttributes.SEMATTRS_AWS_LAMBDA_INVOKED_ARN;
        exports.SEMATTRS_CODE_FILEPATH = require_SemanticAttributes.SEMATTRS_CODE_FILEPATH;
        exports.SEMATTRS_CODE_FUNCTION = require_SemanticAttributes.SEMATTRS_CODE_FUNCTION;
        exports.SEMATTRS_CODE_LINENO = require_SemanticAttributes.SEMATTRS_CODE_LINENO;
        exports.SEMATTRS_CODE_NAMESPACE = require_SemanticAttributes.SEMATTRS_CODE_NAMESPACE;
        exports.SEMATTRS_DB_CASSANDRA_CONSISTENCY_LEVEL = require_SemanticAttributes.SEMATTRS_DB_CASSANDRA_CONSISTENCY_LEVEL;
        exports.SEMATTRS_DB_CASSANDRA_COORDINATOR_DC = require_SemanticAttributes.SEMATTRS_DB_CASSANDRA_COORDINATOR_DC;
        exports.SEMATTRS_DB_CASSANDRA_COORDINATOR_ID = require_SemanticAttributes.SEMATTRS_DB_CASSANDRA_COORDINATOR_ID;
        exports.SEMATTRS_DB_CASSANDRA_IDEMPOTENCE = require_SemanticAttributes.SEMATTRS_DB_CASSANDRA_IDEMPOTENCE;
        exports.SEMATTRS_DB_CASSANDRA_KEYSPACE = require_SemanticAttributes.SEMATTRS_DB_CASSANDRA_KEYSPACE;
        exports.SEMATTRS_DB_CASSANDRA_PAGE_SIZE = require_SemanticAttributes.SEMATTRS_DB_CASSANDRA_PAGE_SIZE;
        exports.SEMATTRS_DB_CASSANDRA_SPECULATIVE_EXECUTION_COUNT = require_SemanticAttributes.SEMATTRS_DB_CASSANDRA_SPECULATIVE_EXECUTION_COUNT;
        exports.SEMATTRS_DB_CASSANDRA_TABLE = require_SemanticAttributes.SEMATTRS_DB_CASSANDRA_TABLE;
        exports.SEMATTRS_DB_CONNECTION_STRING = require_SemanticAttributes.SEMATTRS_DB_CONNECTION_STRING;
        exports.SEMATTRS_DB_HBASE_NAMESPACE = require_SemanticAttributes.SEMATTRS_DB_HBASE_NAMESPACE;
        exports.SEMATTRS_DB_JDBC_DRIVER_CLASSNAME = require_SemanticAttributes.SEMATTRS_DB_JDBC_DRIVER_CLASSNAME;
        exports.SEMATTRS_DB_MONGODB_COLLECTION = require_SemanticAttributes.SEMATTRS_DB_MONGODB_COLLECTION;
        exports.SEMATTRS_DB_MSSQL_INSTANCE_NAME = require_SemanticAttributes.SEMATTRS_DB_MSSQL_INSTANCE_NAME;
        exports.SEMATTRS_DB_NAME = require_SemanticAttributes.SEMATTRS_DB_NAME;
        exports.SEMATTRS_DB_OPERATION = require_SemanticAttributes.SEMATTRS_DB_OPERATION;
        exports.SEMATTRS_DB_REDIS_DATABASE_INDEX = require_SemanticAttributes.SEMATTRS_DB_REDIS_DATABASE_INDEX;
        exports.SEMATTRS_DB_SQL_TABLE = require_SemanticAttributes.SEMATTRS_DB_SQL_TABLE;
        exports.SEMATTRS_DB_STATEMENT = require_SemanticAttributes.SEMATTRS_DB_STATEMENT;
        exports.SEMATTRS_DB_SYSTEM = require_SemanticAttributes.SEMATTRS_DB_SYSTEM;
        exports.SEMATTRS_DB_USER = require_SemanticAttributes.SEMATTRS_DB_USER;
        exports.SEMATTRS_ENDUSER_ID = require_SemanticAttributes.SEMATTRS_ENDUSER_ID;
        exports.SEMATTRS_ENDUSER_ROLE = require_SemanticAttributes.SEMATTRS_ENDUSER_ROLE;
        exports.SEMATTRS_ENDUSER_SCOPE = require_SemanticAttributes.SEMATTRS_ENDUSER_SCOPE;
        exports.SEMATTRS_EXCEPTION_ESCAPED = require_SemanticAttributes.SEMATTRS_EXCEPTION_ESCAPED;
        exports.SEMATTRS_EXCEPTION_MESSAGE = require_SemanticAttributes.SEMATTRS_EXCEPTION_MESSAGE;
        exports.SEMATTRS_EXCEPTION_STACKTRACE = require_SemanticAttributes.SEMATTRS_EXCEPTION_STACKTRACE;
        exports.SEMATTRS_EXCEPTION_TYPE = require_SemanticAttributes.SEMATTRS_EXCEPTION_TYPE;
        exports.SEMATTRS_FAAS_COLDSTART = require_SemanticAttributes.SEMATTRS_FAAS_COLDSTART;
        exports.SEMATTRS_FAAS_CRON = require_SemanticAttributes.SEMATTRS_FAAS_CRON;
        exports.SEMATTRS_FAAS_DOCUMENT_COLLECTION = require_SemanticAttributes.SEMATTRS_FAAS_DOCUMENT_COLLECTION;
        exports.SEMATTRS_FAAS_DOCUMENT_NAME = require_SemanticAttributes.SEMATTRS_FAAS_DOCUMENT_NAME;
        exports.SEMATTRS_FAAS_DOCUMENT_OPERATION = require_SemanticAttributes.SEMATTRS_FAAS_DOCUMENT_OPERATION;
        exports.SEMATTRS_FAAS_DOCUMENT_TIME = require_SemanticAttributes.SEMATTRS_FAAS_DOCUMENT_TIME;
        exports.SEMATTRS_FAAS_EXECUTION = require_SemanticAttributes.SEMATTRS_FAAS_EXECUTION;
        exports.SEMATTRS_FAAS_INVOKED_NAME = require_SemanticAttributes.SEMATTRS_FAAS_INVOKED_NAME;
        exports.SEMATTRS_FAAS_INVOKED_PROVIDER = require_SemanticAttributes.SEMATTRS_FAAS_INVOKED_PROVIDER;
        exports.SEMATTRS_FAAS_INVOKED_REGION = require_SemanticAttributes.SEMATTRS_FAAS_INVOKED_REGION;
        exports.SEMATTRS_FAAS_TIME = require_SemanticAttributes.SEMATTRS_FAAS_TIME;
        exports.SEMATTRS_FAAS_TRIGGER = require_SemanticAttributes.SEMATTRS_FAAS_TRIGGER;
        exports.SEMATTRS_HTTP_CLIENT_IP = require_SemanticAttributes.SEMATTRS_HTTP_CLIENT_IP;
        exports.SEMATTRS_HTTP_FLAVOR = require_SemanticAttributes.SEMATTRS_HTTP_FLAVOR;
        exports.SEMATTRS_HTTP_HOST = require_SemanticAttributes.SEMATTRS_HTTP_HOST;
        exports.SEMATTRS_HTTP_METHOD = require_SemanticAttributes.SEMATTRS_HTTP_METHOD;
        exports.SEMATTRS_HTTP_REQUEST_CONTENT_LENGTH = require_SemanticAttributes.SEMATTRS_HTTP_REQUEST_CONTENT_LENGTH;
        exports.SEMATTRS_HTTP_REQUEST_CONTENT_LENGTH_UNCOMPRESSED = require_SemanticAttributes.SEMATTRS_HTTP_REQUEST_CONTENT_LENGTH_UNCOMPRESSED;
        exports.SEMATTRS_HTTP_RESPONSE_CONTENT_LENGTH = require_SemanticAttributes.SEMATTRS_HTTP_RESPONSE_CONTENT_LENGTH;
        exports.SEMATTRS_HTTP_RESPONSE_CONTENT_LENGTH_UNCOMPRESSED = require_SemanticAttributes.SEMATTRS_HTTP_RESPONSE_CONTENT_LENGTH_UNCOMPRESSED;
        exports.SEMATTRS_HTTP_ROUTE = require_SemanticAttributes.SEMATTRS_HTTP_ROUTE;
        exports.SEMATTRS_HTTP_SCHEME = require_SemanticAttributes.SEMATTRS_HTTP_SCHEME;
        exports.SEMATTRS_HTTP_SERVER_NAME = require_SemanticAttributes.SEMATTRS_HTTP_SERVER_NAME;
        exports.SEMATTRS_HTTP_STATUS_CODE = require_SemanticAttributes.SEMATTRS_HTTP_STATUS_CODE;
        exports.SEMATTRS_HTTP_TARGET = require_SemanticAttributes.SEMATTRS_HTTP_TARGET;
        exports.SEMATTRS_HTTP_URL = require_SemanticAttributes.SEMATTRS_HTTP_URL;
        exports.SEMATTRS_HTTP_USER_AGENT = require_SemanticAttributes.SEMATTRS_HTTP_USER_AGENT;
        exports.SEMATTRS_MESSAGE_COMPRESSED_SIZE = require_SemanticAttributes.SEMATTRS_MESSAGE_COMPRESSED_SIZE;
        exports.SEMATTRS_MESSAGE_ID = require_SemanticAttributes.SEMATTRS_MESSAGE_ID;
        exports.SEMATTRS_MESSAGE_TYPE = require_SemanticAttributes.SEMATTRS_MESSAGE_TYPE;
        exports.SEMATTRS_MESSAGE_UNCOMPRESSED_SIZE = require_SemanticAttributes.SEMATTRS_MESSAGE_UNCOMPRESSED_SIZE;
        exports.SEMATTRS_MESSAGING_CONSUMER_ID = require_SemanticAttributes.SEMATTRS_MESSAGING_CONSUMER_ID;
        exports.SEMATTRS_MESSAGING_CONVERSATION_ID = require_SemanticAttributes.SEMATTRS_MESSAGING_CONVERSATION_ID;
        exports.SEMATTRS_MESSAGING_DESTINATION = require_SemanticAttributes.SEMATTRS_MESSAGING_DESTINATION;
        exports.SEMATTRS_MESSAGING_DESTINATION_KIND = require_SemanticAttributes.SEMATTRS_MESSAGING_DESTINATION_KIND;
        exports.SEMATTRS_MESSAGING_KAFKA_CLIENT_ID = require_SemanticAttributes.SEMATTRS_MESSAGING_KAFKA_CLIENT_ID;
        exports.SEMATTRS_MESSAGING_KAFKA_CONSUMER_GROUP = require_SemanticAttributes.SEMATTRS_MESSAGING_KAFKA_CONSUMER_GROUP;
        exports.SEMATTRS_MESSAGING_KAFKA_MESSAGE_KEY = require_SemanticAttributes.SEMATTRS_MESSAGING_KAFKA_MESSAGE_KEY;
        exports.SEMATTRS_MESSAGING_KAFKA_PARTITION = require_SemanticAttributes.SEMATTRS_MESSAGING_KAFKA_PARTITION;
        exports.SEMATTRS_MESSAGING_KAFKA_TOMBSTONE = require_SemanticAttributes.SEMATTRS_MESSAGING_KAFKA_TOMBSTONE;
        exports.SEMATTRS_MESSAGING_MESSAGE_ID = require_SemanticAttributes.SEMATTRS_MESSAGING_MESSAGE_ID;
        exports.SEMATTRS_MESSAGING_MESSAGE_PAYLOAD_COMPRESSED_SIZE_BYTES = require_SemanticAttributes.SEMATTRS_MESSAGING_MESSAGE_PAYLOAD_COMPRESSED_SIZE_BYTES;
        exports.SEMATTRS_MESSAGING_MESSAGE_PAYLOAD_SIZE_BYTES = require_SemanticAttributes.SEMATTRS_MESSAGING_MESSAGE_PAYLOAD_SIZE_BYTES;
        exports.SEMATTRS_MESSAGING_OPERATION = require_SemanticAttributes.SEMATTRS_MESSAGING_OPERATION;
        exports.SEMATTRS_MESSAGING_PROTOCOL = require_SemanticAttributes.SEMATTRS_MESSAGING_PROTOCOL;
        exports.SEMATTRS_MESSAGING_PROTOCOL_VERSION = require_SemanticAttributes.SEMATTRS_MESSAGING_PROTOCOL_VERSION;
        exports.SEMATTRS_MESSAGING_RABBITMQ_ROUTING_KEY = require_SemanticAttributes.SEMATTRS_MESSAGING_RABBITMQ_ROUTING_KEY;
        exports.SEMATTRS_MESSAGING_SYSTEM = require_SemanticAttributes.SEMATTRS_MESSAGING_SYSTEM;
        exports.SEMATTRS_MESSAGING_TEMP_DESTINATION = require_SemanticAttributes.SEMATTRS_MESSAGING_TEMP_DESTINATION;
        exports.SEMATTRS_MESSAGING_URL = require_SemanticAttributes.SEMATTRS_MESSAGING_URL;
        exports.SEMATTRS_NET_HOST_CARRIER_ICC = require_SemanticAttributes.SEMATTRS_NET_HOST_CARRIER_ICC;
        exports.SEMATTRS_NET_HOST_CARRIER_MCC = require_SemanticAttributes.SEMATTRS_NET_HOST_CARRIER_MCC;
        exports.SEMATTRS_NET_HOST_CARRIER_MNC = require_SemanticAttributes.SEMATTRS_NET_HOST_CARRIER_MNC;
        exports.SEMATTRS_NET_HOST_CARRIER_NAME = require_SemanticAttributes.SEMATTRS_NET_HOST_CARRIER_NAME;
        exports.SEMATTRS_NET_HOST_CONNECTION_SUBTYPE = require_SemanticAttributes.SEMATTRS_NET_HOST_CONNECTION_SUBTYPE;
        exports.SEMATTRS_NET_HOST_CONNECTION_TYPE = require_SemanticAttributes.SEMATTRS_NET_HOST_CONNECTION_TYPE;
        exports.SEMATTRS_NET_HOST_IP = require_SemanticAttributes.SEMATTRS_NET_HOST_IP;
        exports.SEMATTRS_NET_HOST_NAME = require_SemanticAttributes.SEMATTRS_NET_HOST_NAME;
        exports.SEMATTRS_NET_HOST_PORT = require_SemanticAttributes.SEMATTRS_NET_HOST_PORT;
        exports.SEMATTRS_NET_PEER_IP = require_SemanticAttributes.SEMATTRS_NET_PEER_IP;
        exports.SEMATTRS_NET_PEER_NAME = require_SemanticAttributes.SEMATTRS_NET_PEER_NAME;
        exports.SEMATTRS_NET_PEER_PORT = require_SemanticAttributes.SEMATTRS_NET_PEER_PORT;
        exports.SEMATTRS_NET_TRANSPORT = require_SemanticAttributes.SEMATTRS_NET_TRANSPORT;
        exports.SEMATTRS_PEER_SERVICE = require_SemanticAttributes.SEMATTRS_PEER_SERVICE;
        exports.SEMATTRS_RPC_GRPC_STATUS_CODE = require_SemanticAttributes.SEMATTRS_RPC_GRPC_STATUS_CODE;
        exports.SEMATTRS_RPC_JSONRPC_ERROR_CODE = require_SemanticAttributes.SEMATTRS_RPC_JSONRPC_ERROR_CODE;
        exports.SEMATTRS_RPC_JSONRPC_ERROR_MESSAGE = require_SemanticAttributes.SEMATTRS_RPC_JSONRPC_ERROR_MESSAGE;
        exports.SEMATTRS_RPC_JSONRPC_REQUEST_ID = require_SemanticAttributes.SEMATTRS_RPC_JSONRPC_REQUEST_ID;
        exports.SEMATTRS_RPC_JSONRPC_VERSION = require_SemanticAttributes.SEMATTRS_RPC_JSONRPC_VERSION;
        exports.SEMATTRS_RPC_METHOD = require_SemanticAttributes.SEMATTRS_RPC_METHOD;
        exports.SEMATTRS_RPC_SERVICE = require_SemanticAttributes.SEMATTRS_RPC_SERVICE;
        exports.SEMATTRS_RPC_SYSTEM = require_SemanticAttributes.SEMATTRS_RPC_SYSTEM;
        exports.SEMATTRS_THREAD_ID = require_SemanticAttributes.SEMATTRS_THREAD_ID;
        exports.SEMATTRS_THREAD_NAME = require_SemanticAttributes.SEMATTRS_THREAD_NAME;
        exports.SEMRESATTRS_AWS_ECS_CLUSTER_ARN = require_SemanticResourceAttributes.SEMRESATTRS_AWS_ECS_CLUSTER_ARN;
        exports.SEMRESATTRS_AWS_ECS_CONTAINER_ARN = require_SemanticResourceAttributes.SEMRESATTRS_AWS_ECS_CONTAINER_ARN;
        exports.SEMRESATTRS_AWS_ECS_LAUNCHTYPE = require_SemanticResourceAttributes.SEMRESATTRS_AWS_ECS_LAUNCHTYPE;
        exports.SEMRESATTRS_AWS_ECS_TASK_ARN = require_SemanticResourceAttributes.SEMRESATTRS_AWS_ECS_TASK_ARN;
        exports.SEMRESATTRS_AWS_ECS_TASK_FAMILY = require_SemanticResourceAttributes.SEMRESATTRS_AWS_ECS_TASK_FAMILY;
        exports.SEMRESATTRS_AWS_ECS_TASK_REVISION = require_SemanticResourceAttributes.SEMRESATTRS_AWS_ECS_TASK_REVISION;
        exports.SEMRESATTRS_AWS_EKS_CLUSTER_ARN = require_SemanticResourceAttributes.SEMRESATTRS_AWS_EKS_CLUSTER_ARN;
        exports.SEMRESATTRS_AWS_LOG_GROUP_ARNS = require_SemanticResourceAttributes.SEMRESATTRS_AWS_LOG_GROUP_ARNS;
        exports.SEMRESATTRS_AWS_LOG_GROUP_NAMES = require_SemanticResourceAttributes.SEMRESATTRS_AWS_LOG_GROUP_NAMES;
        exports.SEMRESATTRS_AWS_LOG_STREAM_ARNS = require_SemanticResourceAttributes.SEMRESATTRS_AWS_LOG_STREAM_ARNS;
        exports.SEMRESATTRS_AWS_LOG_STREAM_NAMES = require_SemanticResourceAttributes.SEMRESATTRS_AWS_LOG_STREAM_NAMES;
        exports.SEMRESATTRS_CLOUD_ACCOUNT_ID = require_SemanticResourceAttributes.SEMRESATTRS_CLOUD_ACCOUNT_ID;
        exports.SEMRESATTRS_CLOUD_AVAILABILITY_ZONE = require_SemanticResourceAttributes.SEMRESATTRS_CLOUD_AVAILABILITY_ZONE;
        exports.SEMRESATTRS_CLOUD_PLATFORM = require_SemanticResourceAttributes.SEMRESATTRS_CLOUD_PLATFORM;
        exports.SEMRESATTRS_CLOUD_PROVIDER = require_SemanticResourceAttributes.SEMRESATTRS_CLOUD_PROVIDER;
        exports.SEMRESATTRS_CLOUD_REGION = require_SemanticResourceAttributes.SEMRESATTRS_CLOUD_REGION;
        exports.SEMRESATTRS_CONTAINER_ID = require_SemanticResourceAttributes.SEMRESATTRS_CONTAINER_ID;
        exports.SEMRESATTRS_CONTAINER_IMAGE_NAME = require_SemanticResourceAttributes.SEMRESATTRS_CONTAINER_IMAGE_NAME;
        exports.SEMRESATTRS_CONTAINER_IMAGE_TAG = require_SemanticResourceAttributes.SEMRESATTRS_CONTAINER_IMAGE_TAG;
        exports.SEMRESATTRS_CONTAINER_NAME = require_SemanticResourceAttributes.SEMRESATTRS_CONTAINER_NAME;
        exports.SEMRESATTRS_CONTAINER_RUNTIME = require_SemanticResourceAttributes.SEMRESATTRS_CONTAINER_RUNTIME;
        exports.SEMRESATTRS_DEPLOYMENT_ENVIRONMENT = require_SemanticResourceAttributes.SEMRESATTRS_DEPLOYMENT_ENVIRONMENT;
        exports.SEMRESATTRS_DEVICE_ID = require_SemanticResourceAttributes.SEMRESATTRS_DEVICE_ID;
        exports.SEMRESATTRS_DEVICE_MODEL_IDENTIFIER = require_SemanticResourceAttributes.SEMRESATTRS_DEVICE_MODEL_IDENTIFIER;
        exports.SEMRESATTRS_DEVICE_MODEL_NAME = require_SemanticResourceAttributes.SEMRESATTRS_DEVICE_MODEL_NAME;
        exports.SEMRESATTRS_FAAS_ID = require_SemanticResourceAttributes.SEMRESATTRS_FAAS_ID;
        exports.SEMRESATTRS_FAAS_INSTANCE = require_SemanticResourceAttributes.SEMRESATTRS_FAAS_INSTANCE;
        exports.SEMRESATTRS_FAAS_MAX_MEMORY = require_SemanticResourceAttributes.SEMRESATTRS_FAAS_MAX_MEMORY;
        exports.SEMRESATTRS_FAAS_NAME = require_SemanticResourceAttributes.SEMRESATTRS_FAAS_NAME;
        exports.SEMRESATTRS_FAAS_VERSION = require_SemanticResourceAttributes.SEMRESATTRS_FAAS_VERSION;
        exports.SEMRESATTRS_HOST_ARCH = require_SemanticResourceAttributes.SEMRESATTRS_HOST_ARCH;
        exports.SEMRESATTRS_HOST_ID = require_SemanticResourceAttributes.SEMRESATTRS_HOST_ID;
        exports.SEMRESATTRS_HOST_IMAGE_ID = require_SemanticResourceAttributes.SEMRESATTRS_HOST_IMAGE_ID;
        exports.SEMRESATTRS_HOST_IMAGE_NAME = require_SemanticResourceAttributes.SEMRESATTRS_HOST_IMAGE_NAME;
        exports.SEMRESATTRS_HOST_IMAGE_VERSION = require_SemanticResourceAttributes.SEMRESATTRS_HOST_IMAGE_VERSION;
        exports.SEMRESATTRS_HOST_NAME = require_SemanticResourceAttributes.SEMRESATTRS_HOST_NAME;
        exports.SEMRESATTRS_HOST_TYPE = require_SemanticResourceAttributes.SEMRESATTRS_HOST_TYPE;
        exports.SEMRESATTRS_K8S_CLUSTER_NAME = require_SemanticResourceAttributes.SEMRESATTRS_K8S_CLUSTER_NAME;
        exports.SEMRESATTRS_K8S_CONTAINER_NAME = require_SemanticResourceAttributes.SEMRESATTRS_K8S_CONTAINER_NAME;
        exports.SEMRESATTRS_K8S_CRONJOB_NAME = require_SemanticResourceAttributes.SEMRESATTRS_K8S_CRONJOB_NAME;
        exports.SEMRESATTRS_K8S_CRONJOB_UID = require_SemanticResourceAttributes.SEMRESATTRS_K8S_CRONJOB_UID;
        exports.SEMRESATTRS_K8S_DAEMONSET_NAME = require_SemanticResourceAttributes.SEMRESATTRS_K8S_DAEMONSET_NAME;
        exports.SEMRESATTRS_K8S_DAEMONSET_UID = require_SemanticResourceAttributes.SEMRESATTRS_K8S_DAEMONSET_UID;
        exports.SEMRESATTRS_K8S_DEPLOYMENT_NAME = require_SemanticResourceAttributes.SEMRESATTRS_K8S_DEPLOYMENT_NAME;
        exports.SEMRESATTRS_K8S_DEPLOYMENT_UID = require_SemanticResourceAttributes.SEMRESATTRS_K8S_DEPLOYMENT_UID;
        exports.SEMRESATTRS_K8S_JOB_NAME = require_SemanticResourceAttributes.SEMRESATTRS_K8S_JOB_NAME;
        exports.SEMRESATTRS_K8S_JOB_UID = require_SemanticResourceAttributes.SEMRESATTRS_K8S_JOB_UID;
        exports.SEMRESATTRS_K8S_NAMESPACE_NAME = require_SemanticResourceAttributes.SEMRESATTRS_K8S_NAMESPACE_NAME;
        exports.SEMRESATTRS_K8S_NODE_NAME = require_SemanticResourceAttributes.SEMRESATTRS_K8S_NODE_NAME;
        exports.SEMRESATTRS_K8S_NODE_UID = require_SemanticResourceAttributes.SEMRESATTRS_K8S_NODE_UID;
        exports.SEMRESATTRS_K8S_POD_NAME = require_SemanticResourceAttributes.SEMRESATTRS_K8S_POD_NAME;
        exports.SEMRESATTRS_K8S_POD_UID = require_SemanticResourceAttributes.SEMRESATTRS_K8S_POD_UID;
        exports.SEMRESATTRS_K8S_REPLICASET_NAME = require_SemanticResourceAttributes.SEMRESATTRS_K8S_REPLICASET_NAME;
        exports.SEMRESATTRS_K8S_REPLICASET_UID = require_SemanticResourceAttributes.SEMRESATTRS_K8S_REPLICASET_UID;
        exports.SEMRESATTRS_K8S_STATEFULSET_NAME = require_SemanticResourceAttributes.SEMRESATTRS_K8S_STATEFULSET_NAME;
        exports.SEMRESATTRS_K8S_STATEFULSET_UID = require_SemanticResourceAttributes.SEMRESATTRS_K8S_STATEFULSET_UID;
        exports.SEMRESATTRS_OS_DESCRIPTION = require_SemanticResourceAttributes.SEMRESATTRS_OS_DESCRIPTION;
        exports.SEMRESATTRS_OS_NAME = require_SemanticResourceAttributes.SEMRESATTRS_OS_NAME;
        exports.SEMRESATTRS_OS_TYPE = require_SemanticResourceAttributes.SEMRESATTRS_OS_TYPE;
        exports.SEMRESATTRS_OS_VERSION = require_SemanticResourceAttributes.SEMRESATTRS_OS_VERSION;
        exports.SEMRESATTRS_PROCESS_COMMAND = require_SemanticResourceAttributes.SEMRESATTRS_PROCESS_COMMAND;
        exports.SEMRESATTRS_PROCESS_COMMAND_ARGS = require_SemanticResourceAttributes.SEMRESATTRS_PROCESS_COMMAND_ARGS;
        exports.SEMRESATTRS_PROCESS_COMMAND_LINE = require_SemanticResourceAttributes.SEMRESATTRS_PROCESS_COMMAND_LINE;
        exports.SEMRESATTRS_PROCESS_EXECUTABLE_NAME = require_SemanticResourceAttributes.SEMRESATTRS_PROCESS_EXECUTABLE_NAME;
        exports.SEMRESATTRS_PROCESS_EXECUTABLE_PATH = require_SemanticResourceAttributes.SEMRESATTRS_PROCESS_EXECUTABLE_PATH;
        exports.SEMRESATTRS_PROCESS_OWNER = require_SemanticResourceAttributes.SEMRESATTRS_PROCESS_OWNER;
        exports.SEMRESATTRS_PROCESS_PID = require_SemanticResourceAttributes.SEMRESATTRS_PROCESS_PID;
        exports.SEMRESATTRS_PROCESS_RUNTIME_DESCRIPTION = require_SemanticResourceAttributes.SEMRESATTRS_PROCESS_RUNTIME_DESCRIPTION;
        exports.SEMRESATTRS_PROCESS_RUNTIME_NAME = require_SemanticResourceAttributes.SEMRESATTRS_PROCESS_RUNTIME_NAME;
        exports.SEMRESATTRS_PROCESS_RUNTIME_VERSION = require_SemanticResourceAttributes.SEMRESATTRS_PROCESS_RUNTIME_VERSION;
        exports.SEMRESATTRS_SERVICE_INSTANCE_ID = require_SemanticResourceAttributes.SEMRESATTRS_SERVICE_INSTANCE_ID;
        exports.SEMRESATTRS_SERVICE_NAME = require_SemanticResourceAttributes.SEMRESATTRS_SERVICE_NAME;
        exports.SEMRESATTRS_SERVICE_NAMESPACE = require_SemanticResourceAttributes.SEMRESATTRS_SERVICE_NAMESPACE;
        exports.SEMRESATTRS_SERVICE_VERSION = require_SemanticResourceAttributes.SEMRESATTRS_SERVICE_VERSION;
        exports.SEMRESATTRS_TELEMETRY_AUTO_VERSION = require_SemanticResourceAttributes.SEMRESATTRS_TELEMETRY_AUTO_VERSION;
        exports.SEMRESATTRS_TELEMETRY_SDK_LANGUAGE = require_SemanticResourceAttributes.SEMRESATTRS_TELEMETRY_SDK_LANGUAGE;
        exports.SEMRESATTRS_TELEMETRY_SDK_NAME = require_SemanticResourceAttributes.SEMRESATTRS_TELEMETRY_SDK_NAME;
        exports.SEMRESATTRS_TELEMETRY_SDK_VERSION = require_SemanticResourceAttributes.SEMRESATTRS_TELEMETRY_SDK_VERSION;
        exports.SEMRESATTRS_WEBENGINE_DESCRIPTION = require_SemanticResourceAttributes.SEMRESATTRS_WEBENGINE_DESCRIPTION;
        exports.SEMRESATTRS_WEBENGINE_NAME = require_SemanticResourceAttributes.SEMRESATTRS_WEBENGINE_NAME;
        exports.SEMRESATTRS_WEBENGINE_VERSION = require_SemanticResourceAttributes.SEMRESATTRS_WEBENGINE_VERSION;
        exports.SIGNALR_CONNECTION_STATUS_VALUE_APP_SHUTDOWN = require_stable_attributes.SIGNALR_CONNECTION_STATUS_VALUE_APP_SHUTDOWN;
        exports.SIGNALR_CONNECTION_STATUS_VALUE_NORMAL_CLOSURE = require_stable_attributes.SIGNALR_CONNECTION_STATUS_VALUE_NORMAL_CLOSURE;
        exports.SIGNALR_CONNECTION_STATUS_VALUE_TIMEOUT = require_stable_attributes.SIGNALR_CONNECTION_STATUS_VALUE_TIMEOUT;
        exports.SIGNALR_TRANSPORT_VALUE_LONG_POLLING = require_stable_attributes.SIGNALR_TRANSPORT_VALUE_LONG_POLLING;
        exports.SIGNALR_TRANSPORT_VALUE_SERVER_SENT_EVENTS = require_stable_attributes.SIGNALR_TRANSPORT_VALUE_SERVER_SENT_EVENTS;
        exports.SIGNALR_TRANSPORT_VALUE_WEB_SOCKETS = require_stable_attributes.SIGNALR_TRANSPORT_VALUE_WEB_SOCKETS;
        exports.SemanticAttributes = require_SemanticAttributes.SemanticAttributes;
        exports.SemanticResourceAttributes = require_SemanticResourceAttributes.SemanticResourceAttributes;
        exports.TELEMETRYSDKLANGUAGEVALUES_CPP = require_SemanticResourceAttributes.TELEMETRYSDKLANGUAGEVALUES_CPP;
        exports.TELEMETRYSDKLANGUAGEVALUES_DOTNET = require_SemanticResourceAttributes.TELEMETRYSDKLANGUAGEVALUES_DOTNET;
        exports.TELEMETRYSDKLANGUAGEVALUES_ERLANG = require_SemanticResourceAttributes.TELEMETRYSDKLANGUAGEVALUES_ERLANG;
        exports.TELEMETRYSDKLANGUAGEVALUES_GO = require_SemanticResourceAttributes.TELEMETRYSDKLANGUAGEVALUES_GO;
        exports.TELEMETRYSDKLANGUAGEVALUES_JAVA = require_SemanticResourceAttributes.TELEMETRYSDKLANGUAGEVALUES_JAVA;
        exports.TELEMETRYSDKLANGUAGEVALUES_NODEJS = require_SemanticResourceAttributes.TELEMETRYSDKLANGUAGEVALUES_NODEJS;
        exports.TELEMETRYSDKLANGUAGEVALUES_PHP = require_SemanticResourceAttributes.TELEMETRYSDKLANGUAGEVALUES_PHP;
        exports.TELEMETRYSDKLANGUAGEVALUES_PYTHON = require_SemanticResourceAttributes.TELEMETRYSDKLANGUAGEVALUES_PYTHON;
        exports.TELEMETRYSDKLANGUAGEVALUES_RUBY = require_SemanticResourceAttributes.TELEMETRYSDKLANGUAGEVALUES_RUBY;
        exports.TELEMETRYSDKLANGUAGEVALUES_WEBJS = require_SemanticResourceAttributes.TELEMETRYSDKLANGUAGEVALUES_WEBJS;
        exports.TELEMETRY_SDK_LANGUAGE_VALUE_CPP = require_stable_attributes.TELEMETRY_SDK_LANGUAGE_VALUE_CPP;
        exports.TELEMETRY_SDK_LANGUAGE_VALUE_DOTNET = require_stable_attributes.TELEMETRY_SDK_LANGUAGE_VALUE_DOTNET;
        exports.TELEMETRY_SDK_LANGUAGE_VALUE_ERLANG = require_stable_attributes.TELEMETRY_SDK_LANGUAGE_VALUE_ERLANG;
        exports.TELEMETRY_SDK_LANGUAGE_VALUE_GO = require_stable_attributes.TELEMETRY_SDK_LANGUAGE_VALUE_GO;
        exports.TELEMETRY_SDK_LANGUAGE_VALUE_JAVA = require_stable_attributes.TELEMETRY_SDK_LANGUAGE_VALUE_JAVA;
        exports.TELEMETRY_SDK_LANGUAGE_VALUE_KOTLIN = require_stable_attributes.TELEMETRY_SDK_LANGUAGE_VALUE_KOTLIN;
        exports.TELEMETRY_SDK_LANGUAGE_VALUE_NODEJS = require_stable_attributes.TELEMETRY_SDK_LANGUAGE_VALUE_NODEJS;
        exports.TELEMETRY_SDK_LANGUAGE_VALUE_PHP = require_stable_attributes.TELEMETRY_SDK_LANGUAGE_VALUE_PHP;
        exports.TELEMETRY_SDK_LANGUAGE_VALUE_PYTHON = require_stable_attributes.TELEMETRY_SDK_LANGUAGE_VALUE_PYTHON;
        exports.TELEMETRY_SDK_LANGUAGE_VALUE_RUBY = require_stable_attributes.TELEMETRY_SDK_LANGUAGE_VALUE_RUBY;
        exports.TELEMETRY_SDK_LANGUAGE_VALUE_RUST = require_stable_attributes.TELEMETRY_SDK_LANGUAGE_VALUE_RUST;
        exports.TELEMETRY_SDK_LANGUAGE_VALUE_SWIFT = require_stable_attributes.TELEMETRY_SDK_LANGUAGE_VALUE_SWIFT;
        exports.TELEMETRY_SDK_LANGUAGE_VALUE_WEBJS = require_stable_attributes.TELEMETRY_SDK_LANGUAGE_VALUE_WEBJS;
        exports.TelemetrySdkLanguageValues = require_SemanticResourceAttributes.TelemetrySdkLanguageValues;
    }),
    86806: ((__unused_webpack_module, exports) => {
        function createConstMap(values) {
            let res = {};
            const len = values.length;
            for (let lp = 0; lp < len; lp++) {
                const val = values[lp];
                if (val)
                    res[String(val).toUpperCase().replace(/[-.]/g, "_")] = val;
            }
            return res;
        }
        exports.createConstMap = createConstMap;
    }),
    31053: ((__unused_webpack_module, exports, __webpack_require__) => {
        const require_utils = __webpack_require__(86806);
        const TMP_CLOUD_PROVIDER = "cloud.provider";
        const TMP_CLOUD_ACCOUNT_ID = "cloud.account.id";
        const TMP_CLOUD_REGION = "cloud.region";
        const TMP_CLOUD_AVAILABILITY_ZONE = "cloud.availability_zone";
        const TMP_CLOUD_PLATFORM = "cloud.platform";
        const TMP_AWS_ECS_CONTAINER_ARN = "aws.ecs.container.arn";
        const TMP_AWS_ECS_CLUSTER_ARN = "aws.ecs.cluster.arn";
        const TMP_AWS_ECS_LAUNCHTYPE = "aws.ecs.launchtype";
        const TMP_AWS_ECS_TASK_ARN = "aws.ecs.task.arn";
        const TMP_AWS_ECS_TASK_FAMILY = "aws.ecs.task.family";
        const TMP_AWS_ECS_TASK_REVISION = "aws.ecs.task.revision";
        const TMP_AWS_EKS_CLUSTER_ARN = "aws.eks.cluster.arn";
        const TMP_AWS_LOG_GROUP_NAMES = "aws.log.group.names";
        const TMP_AWS_LOG_GROUP_ARNS = "aws.log.group.arns";
        const TMP_AWS_LOG_STREAM_NAMES = "aws.log.stream.names";
        const TMP_AWS_LOG_STREAM_ARNS = "aws.log.stream.arns";
        const TMP_CONTAINER_NAME = "container.name";
        const TMP_CONTAINER_ID = "container.id";
        const TMP_CONTAINER_RUNTIME = "container.runtime";
        const TMP_CONTAINER_IMAGE_NAME = "container.image.name";
        const TMP_CONTAINER_IMAGE_TAG = "container.image.tag";
        const TMP_DEPLOYMENT_ENVIRONMENT = "deployment.environment";
        const TMP_DEVICE_ID = "device.id";
        const TMP_DEVICE_MODEL_IDENTIFIER = "device.model.identifier";
        const TMP_DEVICE_MODEL_NAME = "device.model.name";
        const TMP_FAAS_NAME = "faas.name";
        const TMP_FAAS_ID = "faas.id";
        const TMP_FAAS_VERSION = "faas.version";
        const TMP_FAAS_INSTANCE = "faas.instance";
        const TMP_FAAS_MAX_MEMORY = "faas.max_memory";
        const TMP_HOST_ID = "host.id";
        const TMP_HOST_NAME = "host.name";
        const TMP_HOST_TYPE = "host.type";
        const TMP_HOST_ARCH = "host.arch";
        const TMP_HOST_IMAGE_NAME = "host.image.name";
        const TMP_HOST_IMAGE_ID = "host.image.id";
        const TMP_HOST_IMAGE_VERSION = "host.image.version";
        const TMP_K8S_CLUSTER_NAME = "k8s.cluster.name";
        const TMP_K8S_NODE_NAME = "k8s.node.name";
        const TMP_K8S_NODE_UID = "k8s.node.uid";
        const TMP_K8S_NAMESPACE_NAME = "k8s.namespace.name";
        const TMP_K8S_POD_UID = "k8s.pod.uid";
        const TMP_K8S_POD_NAME = "k8s.pod.name";
        const TMP_K8S_CONTAINER_NAME = "k8s.container.name";
        const TMP_K8S_REPLICASET_UID = "k8s.replicaset.uid";
        const TMP_K8S_REPLICASET_NAME = "k8s.replicaset.name";
        const TMP_K8S_DEPLOYMENT_UID = "k8s.deployment.uid";
        const TMP_K8S_DEPLOYMENT_NAME = "k8s.deployment.name";
        const TMP_K8S_STATEFULSET_UID = "k8s.statefulset.uid";
        const TMP_K8S_STATEFULSET_NAME = "k8s.statefulset.name";
        const TMP_K8S_DAEMONSET_UID = "k8s.daemonset.uid";
        const TMP_K8S_DAEMONSET_NAME = "k8s.daemonset.name";
        const TMP_K8S_JOB_UID = "k8s.job.uid";
        const TMP_K8S_JOB_NAME = "k8s.job.name";
        const TMP_K8S_CRONJOB_UID = "k8s.cronjob.uid";
        const TMP_K8S_CRONJOB_NAME = "k8s.cronjob.name";
        const TMP_OS_TYPE = "os.type";
        const TMP_OS_DESCRIPTION = "os.description";
        const TMP_OS_NAME = "os.name";
        const TMP_OS_VERSION = "os.version";
        const TMP_PROCESS_PID = "process.pid";
        const TMP_PROCESS_EXECUTABLE_NAME = "process.executable.name";
        const TMP_PROCESS_EXECUTABLE_PATH = "process.executable.path";
        const TMP_PROCESS_COMMAND = "process.command";
        const TMP_PROCESS_COMMAND_LINE = "process.command_line";
        const TMP_PROCESS_COMMAND_ARGS = "process.command_args";
        const TMP_PROCESS_OWNER = "process.owner";
        const TMP_PROCESS_RUNTIME_NAME = "process.runtime.name";
        const TMP_PROCESS_RUNTIME_VERSION = "process.runtime.version";
        const TMP_PROCESS_RUNTIME_DESCRIPTION = "process.runtime.description";
        const TMP_SERVICE_NAME = "service.name";
        const TMP_SERVICE_NAMESPACE = "service.namespace";
        const TMP_SERVICE_INSTANCE_ID = "service.instance.id";
        const TMP_SERVICE_VERSION = "service.version";
        const TMP_TELEMETRY_SDK_NAME = "telemetry.sdk.name";
        const TMP_TELEMETRY_SDK_LANGUAGE = "telemetry.sdk.language";
        const TMP_TELEMETRY_SDK_VERSION = "telemetry.sdk.version";
        const TMP_TELEMETRY_AUTO_VERSION = "telemetry.auto.version";
        const TMP_WEBENGINE_NAME = "webengine.name";
        const TMP_WEBENGINE_VERSION = "webengine.version";
        const TMP_WEBENGINE_DESCRIPTION = "webengine.description";
        const SEMRESATTRS_CLOUD_PROVIDER = TMP_CLOUD_PROVIDER;
        const SEMRESATTRS_CLOUD_ACCOUNT_ID = TMP_CLOUD_ACCOUNT_ID;
        const SEMRESATTRS_CLOUD_REGION = TMP_CLOUD_REGION;
        const SEMRESATTRS_CLOUD_AVAILABILITY_ZONE = TMP_CLOUD_AVAILABILITY_ZONE;
        const SEMRESATTRS_CLOUD_PLATFORM = TMP_CLOUD_PLATFORM;
        const SEMRESATTRS_AWS_ECS_CONTAINER_ARN = TMP_AWS_ECS_CONTAINER_ARN;
        const SEMRESATTRS_AWS_ECS_CLUSTER_ARN = TMP_AWS_ECS_CLUSTER_ARN;
        const SEMRESATTRS_AWS_ECS_LAUNCHTYPE = TMP_AWS_ECS_LAUNCHTYPE;
        const SEMRESATTRS_AWS_ECS_TASK_ARN = TMP_AWS_ECS_TASK_ARN;
        const SEMRESATTRS_AWS_ECS_TASK_FAMILY = TMP_AWS_ECS_TASK_FAMILY;
        const SEMRESATTRS_AWS_ECS_TASK_REVISION = TMP_AWS_ECS_TASK_REVISION;
        const SEMRESATTRS_AWS_EKS_CLUSTER_ARN = TMP_AWS_EKS_CLUSTER_ARN;
        const SEMRESATTRS_AWS_LOG_GROUP_NAMES = TMP_AWS_LOG_GROUP_NAMES;
        const SEMRESATTRS_AWS_LOG_GROUP_ARNS = TMP_AWS_LOG_GROUP_ARNS;
        const SEMRESATTRS_AWS_LOG_STREAM_NAMES = TMP_AWS_LOG_STREAM_NAMES;
        const SEMRESATTRS_AWS_LOG_STREAM_ARNS = TMP_AWS_LOG_STREAM_ARNS;
        const SEMRESATTRS_CONTAINER_NAME = TMP_CONTAINER_NAME;
        const SEMRESATTRS_CONTAINER_ID = TMP_CONTAINER_ID;
        const SEMRESATTRS_CONTAINER_RUNTIME = TMP_CONTAINER_RUNTIME;
        const SEMRESATTRS_CONTAINER_IMAGE_NAME = TMP_CONTAINER_IMAGE_NAME;
        const SEMRESATTRS_CONTAINER_IMAGE_TAG = TMP_CONTAINER_IMAGE_TAG;
        const SEMRESATTRS_DEPLOYMENT_ENVIRONMENT = TMP_DEPLOYMENT_ENVIRONMENT;
        const SEMRESATTRS_DEVICE_ID = TMP_DEVICE_ID;
        const SEMRESATTRS_DEVICE_MODEL_IDENTIFIER = TMP_DEVICE_MODEL_IDENTIFIER;
        const SEMRESATTRS_DEVICE_MODEL_NAME = TMP_DEVICE_MODEL_NAME;
        const SEMRESATTRS_FAAS_NAME = TMP_FAAS_NAME;
        const SEMRESATTRS_FAAS_ID = TMP_FAAS_ID;
        const SEMRESATTRS_FAAS_VERSION = TMP_FAAS_VERSION;
        const SEMRESATTRS_FAAS_INSTANCE = TMP_FAAS_INSTANCE;
        const SEMRESATTRS_FAAS_MAX_MEMORY = TMP_FAAS_MAX_MEMORY;
        const SEMRESATTRS_HOST_ID = TMP_HOST_ID;
        const SEMRESATTRS_HOST_NAME = TMP_HOST_NAME;
        const SEMRESATTRS_HOST_TYPE = TMP_HOST_TYPE;
        const SEMRESATTRS_HOST_ARCH = TMP_HOST_ARCH;
        const SEMRESATTRS_HOST_IMAGE_NAME = TMP_HOST_IMAGE_NAME;
        const SEMRESATTRS_HOST_IMAGE_ID = TMP_HOST_IMAGE_ID;
        const SEMRESATTRS_HOST_IMAGE_VERSION = TMP_HOST_IMAGE_VERSION;
        const SEMRESATTRS_K8S_CLUSTER_NAME = TMP_K8S_CLUSTER_NAME;
        const SEMRESATTRS_K8S_NODE_NAME = TMP_K8S_NODE_NAME;
        const SEMRESATTRS_K8S_NODE_UID = TMP_K8S_NODE_UID;
        const SEMRESATTRS_K8S_NAMESPACE_NAME = TMP_K8S_NAMESPACE_NAME;
        const SEMRESATTRS_K8S_POD_UID = TMP_K8S_POD_UID;
        const SEMRESATTRS_K8S_POD_NAME = TMP_K8S_POD_NAME;
        const SEMRESATTRS_K8S_CONTAINER_NAME = TMP_K8S_CONTAINER_NAME;
        const SEMRESATTRS_K8S_REPLICASET_UID = TMP_K8S_REPLICASET_UID;
        const SEMRESATTRS_K8S_REPLICASET_NAME = TMP_K8S_REPLICASET_NAME;
        const SEMRESATTRS_K8S_DEPLOYMENT_UID = TMP_K8S_DEPLOYMENT_UID;
        const SEMRESATTRS_K8S_DEPLOYMENT_NAME = TMP_K8S_DEPLOYMENT_NAME;
        const SEMRESATTRS_K8S_STATEFULSET_UID = TMP_K8S_STATEFULSET_UID;
        const SEMRESATTRS_K8S_STATEFULSET_NAME = TMP_K8S_STATEFULSET_NAME;
        const SEMRESATTRS_K8S_DAEMONSET_UID = TMP_K8S_DAEMONSET_UID;
        const SEMRESATTRS_K8S_DAEMONSET_NAME = TMP_K8S_DAEMONSET_NAME;
        const SEMRESATTRS_K8S_JOB_UID = TMP_K8S_JOB_UID;
        const SEMRESATTRS_K8S_JOB_NAME = TMP_K8S_JOB_NAME;
        const SEMRESATTRS_K8S_CRONJOB_UID = TMP_K8S_CRONJOB_UID;
        const SEMRESATTRS_K8S_CRONJOB_NAME = TMP_K8S_CRONJOB_NAME;
        const SEMRESATTRS_OS_TYPE = TMP_OS_TYPE;
        const SEMRESATTRS_OS_DESCRIPTION = TMP_OS_DESCRIPTION;
        const SEMRESATTRS_OS_NAME = TMP_OS_NAME;
        const SEMRESATTRS_OS_VERSION = TMP_OS_VERSION;
        const SEMRESATTRS_PROCESS_PID = TMP_PROCESS_PID;
        const SEMRESATTRS_PROCESS_EXECUTABLE_NAME = TMP_PROCESS_EXECUTABLE_NAME;
        const SEMRESATTRS_PROCESS_EXECUTABLE_PATH = TMP_PROCESS_EXECUTABLE_PATH;
        const SEMRESATTRS_PROCESS_COMMAND = TMP_PROCESS_COMMAND;
        const SEMRESATTRS_PROCESS_COMMAND_LINE = TMP_PROCESS_COMMAND_LINE;
        const SEMRESATTRS_PROCESS_COMMAND_ARGS = TMP_PROCESS_COMMAND_ARGS;
        const SEMRESATTRS_PROCESS_OWNER = TMP_PROCESS_OWNER;
        const SEMRESATTRS_PROCESS_RUNTIME_NAME = TMP_PROCESS_RUNTIME_NAME;
        const SEMRESATTRS_PROCESS_RUNTIME_VERSION = TMP_PROCESS_RUNTIME_VERSION;
        const SEMRESATTRS_PROCESS_RUNTIME_DESCRIPTION = TMP_PROCESS_RUNTIME_DESCRIPTION;
        const SEMRESATTRS_SERVICE_NAME = TMP_SERVICE_NAME;
        const SEMRESATTRS_SERVICE_NAMESPACE = TMP_SERVICE_NAMESPACE;
        const SEMRESATTRS_SERVICE_INSTANCE_ID = TMP_SERVICE_INSTANCE_ID;
        const SEMRESATTRS_SERVICE_VERSION = TMP_SERVICE_VERSION;
        const SEMRESATTRS_TELEMETRY_SDK_NAME = TMP_TELEMETRY_SDK_NAME;
        const SEMRESATTRS_TELEMETRY_SDK_LANGUAGE = TMP_TELEMETRY_SDK_LANGUAGE;
        const SEMRESATTRS_TELEMETRY_SDK_VERSION = TMP_TELEMETRY_SDK_VERSION;
        const SEMRESATTRS_TELEMETRY_AUTO_VERSION = TMP_TELEMETRY_AUTO_VERSION;
        const SEMRESATTRS_WEBENGINE_NAME = TMP_WEBENGINE_NAME;
        const SEMRESATTRS_WEBENGINE_VERSION = TMP_WEBENGINE_VERSION;
        const SEMRESATTRS_WEBENGINE_DESCRIPTION = TMP_WEBENGINE_DESCRIPTION;
        const SemanticResourceAttributes = require_utils.createConstMap([
            TMP_CLOUD_PROVIDER,
            TMP_CLOUD_ACCOUNT_ID,
            TMP_CLOUD_REGION,
            TMP_CLOUD_AVAILABILITY_ZONE,
            TMP_CLOUD_PLATFORM,
            TMP_AWS_ECS_CONTAINER_ARN,
            TMP_AWS_ECS_CLUSTER_ARN,
            TMP_AWS_ECS_LAUNCHTYPE,
            TMP_AWS_ECS_TASK_ARN,
            TMP_AWS_ECS_TASK_FAMILY,
            TMP_AWS_ECS_TASK_REVISION,
            TMP_AWS_EKS_CLUSTER_ARN,
            TMP_AWS_LOG_GROUP_NAMES,
            TMP_AWS_LOG_GROUP_ARNS,
            TMP_AWS_LOG_STREAM_NAMES,
            TMP_AWS_LOG_STREAM_ARNS,
            TMP_CONTAINER_NAME,
            TMP_CONTAINER_ID,
            TMP_CONTAINER_RUNTIME,
            TMP_CONTAINER_IMAGE_NAME,
            TMP_CONTAINER_IMAGE_TAG,
            TMP_DEPLOYMENT_ENVIRONMENT,
            TMP_DEVICE_ID,
            TMP_DEVICE_MODEL_IDENTIFIER,
            TMP_DEVICE_MODEL_NAME,
            TMP_FAAS_NAME,
            TMP_FAAS_ID,
            TMP_FAAS_VERSION,
            TMP_FAAS_INSTANCE,
            TMP_FAAS_MAX_MEMORY,
            TMP_HOST_ID,
            TMP_HOST_NAME,
            TMP_HOST_TYPE,
            TMP_HOST_ARCH,
            TMP_HOST_IMAGE_NAME,
            TMP_HOST_IMAGE_ID,
            TMP_HOST_IMAGE_VERSION,
            TMP_K8S_CLUSTER_NAME,
            TMP_K8S_NODE_NAME,
            TMP_K8S_NODE_UID,
            TMP_K8S_NAMESPACE_NAME,
            TMP_K8S_POD_UID,
            TMP_K8S_POD_NAME,
            TMP_K8S_CONTAINER_NAME,
            TMP_K8S_REPLICASET_UID,
            TMP_K8S_REPLICASET_NAME,
            TMP_K8S_DEPLOYMENT_UID,
            TMP_K8S_DEPLOYMENT_NAME,
            TMP_K8S_STATEFULSET_UID,
            TMP_K8S_STATEFULSET_NAME,
            TMP_K8S_DAEMONSET_UID,
            TMP_K8S_DAEMONSET_NAME,
            TMP_K8S_JOB_UID,
            TMP_K8S_JOB_NAME,
            TMP_K8S_CRONJOB_UID,
            TMP_K8S_CRONJOB_NAME,
            TMP_OS_TYPE,
            TMP_OS_DESCRIPTION,
            TMP_OS_NAME,
            TMP_OS_VERSION,
            TMP_PROCESS_PID,
            TMP_PROCESS_EXECUTABLE_NAME,
            TMP_PROCESS_EXECUTABLE_PATH,
            TMP_PROCESS_COMMAND,
            TMP_PROCESS_COMMAND_LINE,
            TMP_PROCESS_COMMAND_ARGS,
            TMP_PROCESS_OWNER,
            TMP_PROCESS_RUNTIME_NAME,
            TMP_PROCESS_RUNTIME_VERSION,
            TMP_PROCESS_RUNTIME_DESCRIPTION,
            TMP_SERVICE_NAME,
            TMP_SERVICE_NAMESPACE,
            TMP_SERVICE_INSTANCE_ID,
            TMP_SERVICE_VERSION,
            TMP_TELEMETRY_SDK_NAME,
            TMP_TELEMETRY_SDK_LANGUAGE,
            TMP_TELEMETRY_SDK_VERSION,
            TMP_TELEMETRY_AUTO_VERSION,
            TMP_WEBENGINE_NAME,
            TMP_WEBENGINE_VERSION,
            TMP_WEBENGINE_DESCRIPTION
        ]);
        const TMP_CLOUDPROVIDERVALUES_ALIBABA_CLOUD = "alibaba_cloud";
        const TMP_CLOUDPROVIDERVALUES_AWS = "aws";
        const TMP_CLOUDPROVIDERVALUES_AZURE = "azure";
        const TMP_CLOUDPROVIDERVALUES_GCP = "gcp";
        const CLOUDPROVIDERVALUES_ALIBABA_CLOUD = TMP_CLOUDPROVIDERVALUES_ALIBABA_CLOUD;
        const CLOUDPROVIDERVALUES_AWS = TMP_CLOUDPROVIDERVALUES_AWS;
        const CLOUDPROVIDERVALUES_AZURE = TMP_CLOUDPROVIDERVALUES_AZURE;
        const CLOUDPROVIDERVALUES_GCP = TMP_CLOUDPROVIDERVALUES_GCP;
        const CloudProviderValues = require_utils.createConstMap([
            TMP_CLOUDPROVIDERVALUES_ALIBABA_CLOUD,
            TMP_CLOUDPROVIDERVALUES_AWS,
            TMP_CLOUDPROVIDERVALUES_AZURE,
            TMP_CLOUDPROVIDERVALUES_GCP
        ]);
        const TMP_CLOUDPLATFORMVALUES_ALIBABA_CLOUD_ECS = "alibaba_cloud_ecs";
        const TMP_CLOUDPLATFORMVALUES_ALIBABA_CLOUD_FC = "alibaba_cloud_fc";
        const TMP_CLOUDPLATFORMVALUES_AWS_EC2 = "aws_ec2";
        const TMP_CLOUDPLATFORMVALUES_AWS_ECS = "aws_ecs";
        const TMP_CLOUDPLATFORMVALUES_AWS_EKS = "aws_eks";
        const TMP_CLOUDPLATFORMVALUES_AWS_LAMBDA = "aws_lambda";
        const TMP_CLOUDPLATFORMVALUES_AWS_ELASTIC_BEANSTALK = "aws_elastic_beanstalk";
        const TMP_CLOUDPLATFORMVALUES_AZURE_VM = "azure_vm";
        const TMP_CLOUDPLATFORMVALUES_AZURE_CONTAINER_INSTANCES = "azure_container_instances";
        const TMP_CLOUDPLATFORMVALUES_AZURE_AKS = "azure_aks";
        const TMP_CLOUDPLATFORMVALUES_AZURE_FUNCTIONS = "azure_functions";
        const TMP_CLOUDPLATFORMVALUES_AZURE_APP_SERVICE = "azure_app_service";
        const TMP_CLOUDPLATFORMVALUES_GCP_COMPUTE_ENGINE = "gcp_compute_engine";
        const TMP_CLOUDPLATFORMVALUES_GCP_CLOUD_RUN = "gcp_cloud_run";
        const TMP_CLOUDPLATFORMVALUES_GCP_KUBERNETES_ENGINE = "gcp_kubernetes_engine";
        const TMP_CLOUDPLATFORMVALUES_GCP_CLOUD_FUNCTIONS = "gcp_cloud_functions";
        const TMP_CLOUDPLATFORMVALUES_GCP_APP_ENGINE = "gcp_app_engine";
        const CLOUDPLATFORMVALUES_ALIBABA_CLOUD_ECS = TMP_CLOUDPLATFORMVALUES_ALIBABA_CLOUD_ECS;
        const CLOUDPLATFORMVALUES_ALIBABA_CLOUD_FC = TMP_CLOUDPLATFORMVALUES_ALIBABA_CLOUD_FC;
        const CLOUDPLATFORMVALUES_AWS_EC2 = TMP_CLOUDPLATFORMVALUES_AWS_EC2;
        const CLOUDPLATFORMVALUES_AWS_ECS = TMP_CLOUDPLATFORMVALUES_AWS_ECS;
        const CLOUDPLATFORMVALUES_AWS_EKS = TMP_CLOUDPLATFORMVALUES_AWS_EKS;
        const CLOUDPLATFORMVALUES_AWS_LAMBDA = TMP_CLOUDPLATFORMVALUES_AWS_LAMBDA;
        const CLOUDPLATFORMVALUES_AWS_ELASTIC_BEANSTALK = TMP_CLOUDPLATFORMVALUES_AWS_ELASTIC_BEANSTALK;
        const CLOUDPLATFORMVALUES_AZURE_VM = TMP_CLOUDPLATFORMVALUES_AZURE_VM;
        const CLOUDPLATFORMVALUES_AZURE_CONTAINER_INSTANCES = TMP_CLOUDPLATFORMVALUES_AZURE_CONTAINER_INSTANCES;
        const CLOUDPLATFORMVALUES_AZURE_AKS = TMP_CLOUDPLATFORMVALUES_AZURE_AKS;
        const CLOUDPLATFORMVALUES_AZURE_FUNCTIONS = TMP_CLOUDPLATFORMVALUES_AZURE_FUNCTIONS;
        const CLOUDPLATFORMVALUES_AZURE_APP_SERVICE = TMP_CLOUDPLATFORMVALUES_AZURE_APP_SERVICE;
        const CLOUDPLATFORMVALUES_GCP_COMPUTE_ENGINE = TMP_CLOUDPLATFORMVALUES_GCP_COMPUTE_ENGINE;
        const CLOUDPLATFORMVALUES_GCP_CLOUD_RUN = TMP_CLOUDPLATFORMVALUES_GCP_CLOUD_RUN;
        const CLOUDPLATFORMVALUES_GCP_KUBERNETES_ENGINE = TMP_CLOUDPLATFORMVALUES_GCP_KUBERNETES_ENGINE;
        const CLOUDPLATFORMVALUES_GCP_CLOUD_FUNCTIONS = TMP_CLOUDPLATFORMVALUES_GCP_CLOUD_FUNCTIONS;
        const CLOUDPLATFORMVALUES_GCP_APP_ENGINE = TMP_CLOUDPLATFORMVALUES_GCP_APP_ENGINE;
        const CloudPlatformValues = require_utils.createConstMap([
            TMP_CLOUDPLATFORMVALUES_ALIBABA_CLOUD_ECS,
            TMP_CLOUDPLATFORMVALUES_ALIBABA_CLOUD_FC,
            TMP_CLOUDPLATFORMVALUES_AWS_EC2,
            TMP_CLOUDPLATFORMVALUES_AWS_ECS,
            TMP_CLOUDPLATFORMVALUES_AWS_EKS,
            TMP_CLOUDPLATFORMVALUES_AWS_LAMBDA,
            TMP_CLOUDPLATFORMVALUES_AWS_ELASTIC_BEANSTALK,
            TMP_CLOUDPLATFORMVALUES_AZURE_VM,
            TMP_CLOUDPLATFORMVALUES_AZURE_CONTAINER_INSTANCES,
            TMP_CLOUDPLATFORMVALUES_AZURE_AKS,
            TMP_CLOUDPLATFORMVALUES_AZURE_FUNCTIONS,
            TMP_CLOUDPLATFORMVALUES_AZURE_APP_SERVICE,
            TMP_CLOUDPLATFORMVALUES_GCP_COMPUTE_ENGINE,
            TMP_CLOUDPLATFORMVALUES_GCP_CLOUD_RUN,
            TMP_CLOUDPLATFORMVALUES_GCP_KUBERNETES_ENGINE,
            TMP_CLOUDPLATFORMVALUES_GCP_CLOUD_FUNCTIONS,
            TMP_CLOUDPLATFORMVALUES_GCP_APP_ENGINE
        ]);
        const TMP_AWSECSLAUNCHTYPEVALUES_EC2 = "ec2";
        const TMP_AWSECSLAUNCHTYPEVALUES_FARGATE = "fargate";
        const AWSECSLAUNCHTYPEVALUES_EC2 = TMP_AWSECSLAUNCHTYPEVALUES_EC2;
        const AWSECSLAUNCHTYPEVALUES_FARGATE = TMP_AWSECSLAUNCHTYPEVALUES_FARGATE;
        const AwsEcsLaunchtypeValues = require_utils.createConstMap([TMP_AWSECSLAUNCHTYPEVALUES_EC2, TMP_AWSECSLAUNCHTYPEVALUES_FARGATE]);
        const TMP_HOSTARCHVALUES_AMD64 = "amd64";
        const TMP_HOSTARCHVALUES_ARM32 = "arm32";
        const TMP_HOSTARCHVALUES_ARM64 = "arm64";
        const TMP_HOSTARCHVALUES_IA64 = "ia64";
        const TMP_HOSTARCHVALUES_PPC32 = "ppc32";
        const TMP_HOSTARCHVALUES_PPC64 = "ppc64";
        const TMP_HOSTARCHVALUES_X86 = "x86";
        const HOSTARCHVALUES_AMD64 = TMP_HOSTARCHVALUES_AMD64;
        const HOSTARCHVALUES_ARM32 = TMP_HOSTARCHVALUES_ARM32;
        const HOSTARCHVALUES_ARM64 = TMP_HOSTARCHVALUES_ARM64;
        const HOSTARCHVALUES_IA64 = TMP_HOSTARCHVALUES_IA64;
        const HOSTARCHVALUES_PPC32 = TMP_HOSTARCHVALUES_PPC32;
        const HOSTARCHVALUES_PPC64 = TMP_HOSTARCHVALUES_PPC64;
        const HOSTARCHVALUES_X86 = TMP_HOSTARCHVALUES_X86;
        const HostArchValues = require_utils.createConstMap([
            TMP_HOSTARCHVALUES_AMD64,
            TMP_HOSTARCHVALUES_ARM32,
            TMP_HOSTARCHVALUES_ARM64,
            TMP_HOSTARCHVALUES_IA64,
            TMP_HOSTARCHVALUES_PPC32,
            TMP_HOSTARCHVALUES_PPC64,
            TMP_HOSTARCHVALUES_X86
        ]);
        const TMP_OSTYPEVALUES_WINDOWS = "windows";
        const TMP_OSTYPEVALUES_LINUX = "linux";
        const TMP_OSTYPEVALUES_DARWIN = "darwin";
        const TMP_OSTYPEVALUES_FREEBSD = "freebsd";
        const TMP_OSTYPEVALUES_NETBSD = "netbsd";
        const TMP_OSTYPEVALUES_OPENBSD = "openbsd";
        const TMP_OSTYPEVALUES_DRAGONFLYBSD = "dragonflybsd";
        const TMP_OSTYPEVALUES_HPUX = "hpux";
        const TMP_OSTYPEVALUES_AIX = "aix";
        const TMP_OSTYPEVALUES_SOLARIS = "solaris";
        const TMP_OSTYPEVALUES_Z_OS = "z_os";
        const OSTYPEVALUES_WINDOWS = TMP_OSTYPEVALUES_WINDOWS;
        const OSTYPEVALUES_LINUX = TMP_OSTYPEVALUES_LINUX;
        const OSTYPEVALUES_DARWIN = TMP_OSTYPEVALUES_DARWIN;
        const OSTYPEVALUES_FREEBSD = TMP_OSTYPEVALUES_FREEBSD;
        const OSTYPEVALUES_NETBSD = TMP_OSTYPEVALUES_NETBSD;
        const OSTYPEVALUES_OPENBSD = TMP_OSTYPEVALUES_OPENBSD;
        const OSTYPEVALUES_DRAGONFLYBSD = TMP_OSTYPEVALUES_DRAGONFLYBSD;
        const OSTYPEVALUES_HPUX = TMP_OSTYPEVALUES_HPUX;
        const OSTYPEVALUES_AIX = TMP_OSTYPEVALUES_AIX;
        const OSTYPEVALUES_SOLARIS = TMP_OSTYPEVALUES_SOLARIS;
        const OSTYPEVALUES_Z_OS = TMP_OSTYPEVALUES_Z_OS;
        const OsTypeValues = require_utils.createConstMap([
            TMP_OSTYPEVALUES_WINDOWS,
            TMP_OSTYPEVALUES_LINUX,
            TMP_OSTYPEVALUES_DARWIN,
            TMP_OSTYPEVALUES_FREEBSD,
            TMP_OSTYPEVALUES_NETBSD,
            TMP_OSTYPEVALUES_OPENBSD,
            TMP_OSTYPEVALUES_DRAGONFLYBSD,
            TMP_OSTYPEVALUES_HPUX,
            TMP_OSTYPEVALUES_AIX,
            TMP_OSTYPEVALUES_SOLARIS,
            TMP_OSTYPEVALUES_Z_OS
        ]);
        const TMP_TELEMETRYSDKLANGUAGEVALUES_CPP = "cpp";
        const TMP_TELEMETRYSDKLANGUAGEVALUES_DOTNET = "dotnet";
        const TMP_TELEMETRYSDKLANGUAGEVALUES_ERLANG = "erlang";
        const TMP_TELEMETRYSDKLANGUAGEVALUES_GO = "go";
        const TMP_TELEMETRYSDKLANGUAGEVALUES_JAVA = "java";
        const TMP_TELEMETRYSDKLANGUAGEVALUES_NODEJS = "nodejs";
        const TMP_TELEMETRYSDKLANGUAGEVALUES_PHP = "php";
        const TMP_TELEMETRYSDKLANGUAGEVALUES_PYTHON = "python";
        const TMP_TELEMETRYSDKLANGUAGEVALUES_RUBY = "ruby";
        const TMP_TELEMETRYSDKLANGUAGEVALUES_WEBJS = "webjs";
        const TELEMETRYSDKLANGUAGEVALUES_CPP = TMP_TELEMETRYSDKLANGUAGEVALUES_CPP;
        const TELEMETRYSDKLANGUAGEVALUES_DOTNET = TMP_TELEMETRYSDKLANGUAGEVALUES_DOTNET;
        const TELEMETRYSDKLANGUAGEVALUES_ERLANG = TMP_TELEMETRYSDKLANGUAGEVALUES_ERLANG;
        const TELEMETRYSDKLANGUAGEVALUES_GO = TMP_TELEMETRYSDKLANGUAGEVALUES_GO;
        const TELEMETRYSDKLANGUAGEVALUES_JAVA = TMP_TELEMETRYSDKLANGUAGEVALUES_JAVA;
        const TELEMETRYSDKLANGUAGEVALUES_NODEJS = TMP_TELEMETRYSDKLANGUAGEVALUES_NODEJS;
        const TELEMETRYSDKLANGUAGEVALUES_PHP = TMP_TELEMETRYSDKLANGUAGEVALUES_PHP;
        const TELEMETRYSDKLANGUAGEVALUES_PYTHON = TMP_TELEMETRYSDKLANGUAGEVALUES_PYTHON;
        const TELEMETRYSDKLANGUAGEVALUES_RUBY = TMP_TELEMETRYSDKLANGUAGEVALUES_RUBY;
        const TELEMETRYSDKLANGUAGEVALUES_WEBJS = TMP_TELEMETRYSDKLANGUAGEVALUES_WEBJS;
        const TelemetrySdkLanguageValues = require_utils.createConstMap([
            TMP_TELEMETRYSDKLANGUAGEVALUES_CPP,
            TMP_TELEMETRYSDKLANGUAGEVALUES_DOTNET,
            TMP_TELEMETRYSDKLANGUAGEVALUES_ERLANG,
            TMP_TELEMETRYSDKLANGUAGEVALUES_GO,
            TMP_TELEMETRYSDKLANGUAGEVALUES_JAVA,
            TMP_TELEMETRYSDKLANGUAGEVALUES_NODEJS,
            TMP_TELEMETRYSDKLANGUAGEVALUES_PHP,
            TMP_TELEMETRYSDKLANGUAGEVALUES_PYTHON,
            TMP_TELEMETRYSDKLANGUAGEVALUES_RUBY,
            TMP_TELEMETRYSDKLANGUAGEVALUES_WEBJS
        ]);
        exports.AWSECSLAUNCHTYPEVALUES_EC2 = AWSECSLAUNCHTYPEVALUES_EC2;
        exports.AWSECSLAUNCHTYPEVALUES_FARGATE = AWSECSLAUNCHTYPEVALUES_FARGATE;
        exports.AwsEcsLaunchtypeValues = AwsEcsLaunchtypeValues;
        exports.CLOUDPLATFORMVALUES_ALIBABA_CLOUD_ECS = CLOUDPLATFORMVALUES_ALIBABA_CLOUD_ECS;
        exports.CLOUDPLATFORMVALUES_ALIBABA_CLOUD_FC = CLOUDPLATFORMVALUES_ALIBABA_CLOUD_FC;
        exports.CLOUDPLATFORMVALUES_AWS_EC2 = CLOUDPLATFORMVALUES_AWS_EC2;
        exports.CLOUDPLATFORMVALUES_AWS_ECS = CLOUDPLATFORMVALUES_AWS_ECS;
        exports.CLOUDPLATFORMVALUES_AWS_EKS = CLOUDPLATFORMVALUES_AWS_EKS;
        exports.CLOUDPLATFORMVALUES_AWS_ELASTIC_BEANSTALK = CLOUDPLATFORMVALUES_AWS_ELASTIC_BEANSTALK;
        exports.CLOUDPLATFORMVALUES_AWS_LAMBDA = CLOUDPLATFORMVALUES_AWS_LAMBDA;
        exports.CLOUDPLATFORMVALUES_AZURE_AKS = CLOUDPLATFORMVALUES_AZURE_AKS;
        exports.CLOUDPLATFORMVALUES_AZURE_APP_SERVICE = CLOUDPLATFORMVALUES_AZURE_APP_SERVICE;
        exports.CLOUDPLATFORMVALUES_AZURE_CONTAINER_INSTANCES = CLOUDPLATFORMVALUES_AZURE_CONTAINER_INSTANCES;
        exports.CLOUDPLATFORMVALUES_AZURE_FUNCTIONS = CLOUDPLATFORMVALUES_AZURE_FUNCTIONS;
        exports.CLOUDPLATFORMVALUES_AZURE_VM = CLOUDPLATFORMVALUES_AZURE_VM;
        exports.CLOUDPLATFORMVALUES_GCP_APP_ENGINE = CLOUDPLATFORMVALUES_GCP_APP_ENGINE;
        exports.CLOUDPLATFORMVALUES_GCP_CLOUD_FUNCTIONS = CLOUDPLATFORMVALUES_GCP_CLOUD_FUNCTIONS;
        exports.CLOUDPLATFORMVALUES_GCP_CLOUD_RUN = CLOUDPLATFORMVALUES_GCP_CLOUD_RUN;
        exports.CLOUDPLATFORMVALUES_GCP_COMPUTE_ENGINE = CLOUDPLATFORMVALUES_GCP_COMPUTE_ENGINE;
        exports.CLOUDPLATFORMVALUES_GCP_KUBERNETES_ENGINE = CLOUDPLATFORMVALUES_GCP_KUBERNETES_ENGINE;
        exports.CLOUDPROVIDERVALUES_ALIBABA_CLOUD = CLOUDPROVIDERVALUES_ALIBABA_CLOUD;
        exports.CLOUDPROVIDERVALUES_AWS = CLOUDPROVIDERVALUES_AWS;
        exports.CLOUDPROVIDERVALUES_AZURE = CLOUDPROVIDERVALUES_AZURE;
        exports.CLOUDPROVIDERVALUES_GCP = CLOUDPROVIDERVALUES_GCP;
        exports.CloudPlatformValues = CloudPlatformValues;
        exports.CloudProviderValues = CloudProviderValues;
        exports.HOSTARCHVALUES_AMD64 = HOSTARCHVALUES_AMD64;
        exports.HOSTARCHVALUES_ARM32 = HOSTARCHVALUES_ARM32;
        exports.HOSTARCHVALUES_ARM64 = HOSTARCHVALUES_ARM64;
        exports.HOSTARCHVALUES_IA64 = HOSTARCHVALUES_IA64;
        exports.HOSTARCHVALUES_PPC32 = HOSTARCHVALUES_PPC32;
        exports.HOSTARCHVALUES_PPC64 = HOSTARCHVALUES_PPC64;
        exports.HOSTARCHVALUES_X86 = HOSTARCHVALUES_X86;
        exports.HostArchValues = HostArchValues;
        exports.OSTYPEVALUES_AIX = OSTYPEVALUES_AIX;
        exports.OSTYPEVALUES_DARWIN = OSTYPEVALUES_DARWIN;
        exports.OSTYPEVALUES_DRAGONFLYBSD = OSTYPEVALUES_DRAGONFLYBSD;
        exports.OSTYPEVALUES_FREEBSD = OSTYPEVALUES_FREEBSD;
        exports.OSTYPEVALUES_HPUX = OSTYPEVALUES_HPUX;
        exports.OSTYPEVALUES_LINUX = OSTYPEVALUES_LINUX;
        exports.OSTYPEVALUES_NETBSD = OSTYPEVALUES_NETBSD;
        exports.OSTYPEVALUES_OPENBSD = OSTYPEVALUES_OPENBSD;
        exports.OSTYPEVALUES_SOLARIS = OSTYPEVALUES_SOLARIS;
        exports.OSTYPEVALUES_WINDOWS = OSTYPEVALUES_WINDOWS;
        exports.OSTYPEVALUES_Z_OS = OSTYPEVALUES_Z_OS;
        exports.OsTypeValues = OsTypeValues;
        exports.SEMRESATTRS_AWS_ECS_CLUSTER_ARN = SEMRESATTRS_AWS_ECS_CLUSTER_ARN;
        exports.SEMRESATTRS_AWS_ECS_CONTAINER_ARN = SEMRESATTRS_AWS_ECS_CONTAINER_ARN;
        exports.SEMRESATTRS_AWS_ECS_LAUNCHTYPE = SEMRESATTRS_AWS_ECS_LAUNCHTYPE;
        exports.SEMRESATTRS_AWS_ECS_TASK_ARN = SEMRESATTRS_AWS_ECS_TASK_ARN;
        exports.SEMRESATTRS_AWS_ECS_TASK_FAMILY = SEMRESATTRS_AWS_ECS_TASK_FAMILY;
        exports.SEMRESATTRS_AWS_ECS_TASK_REVISION = SEMRESATTRS_AWS_ECS_TASK_REVISION;
        exports.SEMRESATTRS_AWS_EKS_CLUSTER_ARN = SEMRESATTRS_AWS_EKS_CLUSTER_ARN;
        exports.SEMRESATTRS_AWS_LOG_GROUP_ARNS = SEMRESATTRS_AWS_LOG_GROUP_ARNS;
        exports.SEMRESATTRS_AWS_LOG_GROUP_NAMES = SEMRESATTRS_AWS_LOG_GROUP_NAMES;
        exports.SEMRESATTRS_AWS_LOG_STREAM_ARNS = SEMRESATTRS_AWS_LOG_STREAM_ARNS;
        exports.SEMRESATTRS_AWS_LOG_STREAM_NAMES = SEMRESATTRS_AWS_LOG_STREAM_NAMES;
        exports.SEMRESATTRS_CLOUD_ACCOUNT_ID = SEMRESATTRS_CLOUD_ACCOUNT_ID;
        exports.SEMRESATTRS_CLOUD_AVAILABILITY_ZONE = SEMRESATTRS_CLOUD_AVAILABILITY_ZONE;
        exports.SEMRESATTRS_CLOUD_PLATFORM = SEMRESATTRS_CLOUD_PLATFORM;
        exports.SEMRESATTRS_CLOUD_PROVIDER = SEMRESATTRS_CLOUD_PROVIDER;
        exports.SEMRESATTRS_CLOUD_REGION = SEMRESATTRS_CLOUD_REGION;
        exports.SEMRESATTRS_CONTAINER_ID = SEMRESATTRS_CONTAINER_ID;
        exports.SEMRESATTRS_CONTAINER_IMAGE_NAME = SEMRESATTRS_CONTAINER_IMAGE_NAME;
        exports.SEMRESATTRS_CONTAINER_IMAGE_TAG = SEMRESATTRS_CONTAINER_IMAGE_TAG;
        exports.SEMRESATTRS_CONTAINER_NAME = SEMRESATTRS_CONTAINER_NAME;
        exports.SEMRESATTRS_CONTAINER_RUNTIME = SEMRESATTRS_CONTAINER_RUNTIME;
        exports.SEMRESATTRS_DEPLOYMENT_ENVIRONMENT = SEMRESATTRS_DEPLOYMENT_ENVIRONMENT;
        exports.SEMRESATTRS_DEVICE_ID = SEMRESATTRS_DEVICE_ID;
        exports.SEMRESATTRS_DEVICE_MODEL_IDENTIFIER = SEMRESATTRS_DEVICE_MODEL_IDENTIFIER;
        exports.SEMRESATTRS_DEVICE_MODEL_NAME = SEMRESATTRS_DEVICE_MODEL_NAME;
        exports.SEMRESATTRS_FAAS_ID = SEMRESATTRS_FAAS_ID;
        exports.SEMRESATTRS_FAAS_INSTANCE = SEMRESATTRS_FAAS_INSTANCE;
        exports.SEMRESATTRS_FAAS_MAX_MEMORY = SEMRESATTRS_FAAS_MAX_MEMORY;
        exports.SEMRESATTRS_FAAS_NAME = SEMRESATTRS_FAAS_NAME;
        exports.SEMRESATTRS_FAAS_VERSION = SEMRESATTRS_FAAS_VERSION;
        exports.SEMRESATTRS_HOST_ARCH = SEMRESATTRS_HOST_ARCH;
        exports.SEMRESATTRS_HOST_ID = SEMRESATTRS_HOST_ID;
        exports.SEMRESATTRS_HOST_IMAGE_ID = SEMRESATTRS_HOST_IMAGE_ID;
        exports.SEMRESATTRS_HOST_IMAGE_NAME = SEMRESATTRS_HOST_IMAGE_NAME;
        exports.SEMRESATTRS_HOST_IMAGE_VERSION = SEMRESATTRS_HOST_IMAGE_VERSION;
        exports.SEMRESATTRS_HOST_NAME = SEMRESATTRS_HOST_NAME;
        exports.SEMRESATTRS_HOST_TYPE = SEMRESATTRS_HOST_TYPE;
        exports.SEMRESATTRS_K8S_CLUSTER_NAME = SEMRESATTRS_K8S_CLUSTER_NAME;
        exports.SEMRESATTRS_K8S_CONTAINER_NAME = SEMRESATTRS_K8S_CONTAINER_NAME;
        exports.SEMRESATTRS_K8S_CRONJOB_NAME = SEMRESATTRS_K8S_CRONJOB_NAME;
        exports.SEMRESATTRS_K8S_CRONJOB_UID = SEMRESATTRS_K8S_CRONJOB_UID;
        exports.SEMRESATTRS_K8S_DAEMONSET_NAME = SEMRESATTRS_K8S_DAEMONSET_NAME;
        exports.SEMRESATTRS_K8S_DAEMONSET_UID = SEMRESATTRS_K8S_DAEMONSET_UID;
        exports.SEMRESATTRS_K8S_DEPLOYMENT_NAME = SEMRESATTRS_K8S_DEPLOYMENT_NAME;
        exports.SEMRESATTRS_K8S_DEPLOYMENT_UID = SEMRESATTRS_K8S_DEPLOYMENT_UID;
        exports.SEMRESATTRS_K8S_JOB_NAME = SEMRESATTRS_K8S_JOB_NAME;
        exports.SEMRESATTRS_K8S_JOB_UID = SEMRESATTRS_K8S_JOB_UID;
        exports.SEMRESATTRS_K8S_NAMESPACE_NAME = SEMRESATTRS_K8S_NAMESPACE_NAME;
        exports.SEMRESATTRS_K8S_NODE_NAME = SEMRESATTRS_K8S_NODE_NAME;
        exports.SEMRESATTRS_K8S_NODE_UID = SEMRESATTRS_K8S_NODE_UID;
        exports.SEMRESATTRS_K8S_POD_NAME = SEMRESATTRS_K8S_POD_NAME;
        exports.SEMRESATTRS_K8S_POD_UID = SEMRESATTRS_K8S_POD_UID;
        exports.SEMRESATTRS_K8S_REPLICASET_NAME = SEMRESATTRS_K8S_REPLICASET_NAME;
        exports.SEMRESATTRS_K8S_REPLICASET_UID = SEMRESATTRS_K8S_REPLICASET_UID;
        exports.SEMRESATTRS_K8S_STATEFULSET_NAME = SEMRESATTRS_K8S_STATEFULSET_NAME;
        exports.SEMRESATTRS_K8S_STATEFULSET_UID = SEMRESATTRS_K8S_STATEFULSET_UID;
        exports.SEMRESATTRS_OS_DESCRIPTION = SEMRESATTRS_OS_DESCRIPTION;
        exports.SEMRESATTRS_OS_NAME = SEMRESATTRS_OS_NAME;
        exports.SEMRESATTRS_OS_TYPE = SEMRESATTRS_OS_TYPE;
        exports.SEMRESATTRS_OS_VERSION = SEMRESATTRS_OS_VERSION;
        exports.SEMRESATTRS_PROCESS_COMMAND = SEMRESATTRS_PROCESS_COMMAND;
        exports.SEMRESATTRS_PROCESS_COMMAND_ARGS = SEMRESATTRS_PROCESS_COMMAND_ARGS;
        exports.SEMRESATTRS_PROCESS_COMMAND_LINE = SEMRESATTRS_PROCESS_COMMAND_LINE;
        exports.SEMRESATTRS_PROCESS_EXECUTABLE_NAME = SEMRESATTRS_PROCESS_EXECUTABLE_NAME;
        exports.SEMRESATTRS_PROCESS_EXECUTABLE_PATH = SEMRESATTRS_PROCESS_EXECUTABLE_PATH;
        exports.SEMRESATTRS_PROCESS_OWNER = SEMRESATTRS_PROCESS_OWNER;
        exports.SEMRESATTRS_PROCESS_PID = SEMRESATTRS_PROCESS_PID;
        exports.SEMRESATTRS_PROCESS_RUNTIME_DESCRIPTION = SEMRESATTRS_PROCESS_RUNTIME_DESCRIPTION;
        exports.SEMRESATTRS_PROCESS_RUNTIME_NAME = SEMRESATTRS_PROCESS_RUNTIME_NAME;
        exports.SEMRESATTRS_PROCESS_RUNTIME_VERSION = SEMRESATTRS_PROCESS_RUNTIME_VERSION;
        exports.SEMRESATTRS_SERVICE_INSTANCE_ID = SEMRESATTRS_SERVICE_INSTANCE_ID;
        exports.SEMRESATTRS_SERVICE_NAME = SEMRESATTRS_SERVICE_NAME;
        exports.SEMRESATTRS_SERVICE_NAMESPACE = SEMRESATTRS_SERVICE_NAMESPACE;
        exports.SEMRESATTRS_SERVICE_VERSION = SEMRESATTRS_SERVICE_VERSION;
        exports.SEMRESATTRS_TELEMETRY_AUTO_VERSION = SEMRESATTRS_TELEMETRY_AUTO_VERSION;
        exports.SEMRESATTRS_TELEMETRY_SDK_LANGUAGE = SEMRESATTRS_TELEMETRY_SDK_LANGUAGE;
        exports.SEMRESATTRS_TELEMETRY_SDK_NAME = SEMRESATTRS_TELEMETRY_SDK_NAME;
        exports.SEMRESATTRS_TELEMETRY_SDK_VERSION = SEMRESATTRS_TELEMETRY_SDK_VERSION;
        exports.SEMRESATTRS_WEBENGINE_DESCRIPTION = SEMRESATTRS_WEBENGINE_DESCRIPTION;
        exports.SEMRESATTRS_WEBENGINE_NAME = SEMRESATTRS_WEBENGINE_NAME;
        exports.SEMRESATTRS_WEBENGINE_VERSION = SEMRESATTRS_WEBENGINE_VERSION;
        exports.SemanticResourceAttributes = SemanticResourceAttributes;
        exports.TELEMETRYSDKLANGUAGEVALUES_CPP = TELEMETRYSDKLANGUAGEVALUES_CPP;
        exports.TELEMETRYSDKLANGUAGEVALUES_DOTNET = TELEMETRYSDKLANGUAGEVALUES_DOTNET;
        exports.TELEMETRYSDKLANGUAGEVALUES_ERLANG = TELEMETRYSDKLANGUAGEVALUES_ERLANG;
        exports.TELEMETRYSDKLANGUAGEVALUES_GO = TELEMETRYSDKLANGUAGEVALUES_GO;
        exports.TELEMETRYSDKLANGUAGEVALUES_JAVA = TELEMETRYSDKLANGUAGEVALUES_JAVA;
        exports.TELEMETRYSDKLANGUAGEVALUES_NODEJS = TELEMETRYSDKLANGUAGEVALUES_NODEJS;
        exports.TELEMETRYSDKLANGUAGEVALUES_PHP = TELEMETRYSDKLANGUAGEVALUES_PHP;
        exports.TELEMETRYSDKLANGUAGEVALUES_PYTHON = TELEMETRYSDKLANGUAGEVALUES_PYTHON;
        exports.TELEMETRYSDKLANGUAGEVALUES_RUBY = TELEMETRYSDKLANGUAGEVALUES_RUBY;
        exports.TELEMETRYSDKLANGUAGEVALUES_WEBJS = TELEMETRYSDKLANGUAGEVALUES_WEBJS;
        exports.TelemetrySdkLanguageValues = TelemetrySdkLanguageValues;
    }),
    76110: ((__unused_webpack_module, exports) => {
        const ATTR_ASPNETCORE_DIAGNOSTICS_EXCEPTION_RESULT = "aspnetcore.diagnostics.exception.result";
        const ASPNETCORE_DIAGNOSTICS_EXCEPTION_RESULT_VALUE_ABORTED = "aborted";
        const ASPNETCORE_DIAGNOSTICS_EXCEPTION_RESULT_VALUE_HANDLED = "handled";
        const ASPNETCORE_DIAGNOSTICS_EXCEPTION_RESULT_VALUE_SKIPPED = "skipped";
        const ASPNETCORE_DIAGNOSTICS_EXCEPTION_RESULT_VALUE_UNHANDLED = "unhandled";
        const ATTR_ASPNETCORE_DIAGNOSTICS_HANDLER_TYPE = "aspnetcore.diagnostics.handler.type";
        const ATTR_ASPNETCORE_RATE_LIMITING_POLICY = "aspnetcore.rate_limiting.policy";
        const ATTR_ASPNETCORE_RATE_LIMITING_RESULT = "aspnetcore.rate_limiting.result";
        const ASPNETCORE_RATE_LIMITING_RESULT_VALUE_ACQUIRED = "acquired";
        const ASPNETCORE_RATE_LIMITING_RESULT_VALUE_ENDPOINT_LIMITER = "endpoint_limiter";
        const ASPNETCORE_RATE_LIMITING_RESULT_VALUE_GLOBAL_LIMITER = "global_limiter";
        const ASPNETCORE_RATE_LIMITING_RESULT_VALUE_REQUEST_CANCELED = "request_canceled";
        const ATTR_ASPNETCORE_REQUEST_IS_UNHANDLED = "aspnetcore.request.is_unhandled";
        const ATTR_ASPNETCORE_ROUTING_IS_FALLBACK = "aspnetcore.routing.is_fallback";
        const ATTR_ASPNETCORE_ROUTING_MATCH_STATUS = "aspnetcore.routing.match_status";
        const ASPNETCORE_ROUTING_MATCH_STATUS_VALUE_FAILURE = "failure";
        const ASPNETCORE_ROUTING_MATCH_STATUS_VALUE_SUCCESS = "success";
        const ATTR_ASPNETCORE_USER_IS_AUTHENTICATED = "aspnetcore.user.is_authenticated";
        const ATTR_CLIENT_ADDRESS = "client.address";
        const ATTR_CLIENT_PORT = "client.port";
        const ATTR_CODE_COLUMN_NUMBER = "code.column.number";
        const ATTR_CODE_FILE_PATH = "code.file.path";
        const ATTR_CODE_FUNCTION_NAME = "code.function.name";
        const ATTR_CODE_LINE_NUMBER = "code.line.number";
        const ATTR_CODE_STACKTRACE = "code.stacktrace";
        const ATTR_CONTAINER_ID = "container.id";
        const ATTR_CONTAINER_IMAGE_NAME = "container.image.name";
        const ATTR_CONTAINER_IMAGE_REPO_DIGESTS = "container.image.repo_digests";
        const ATTR_CONTAINER_IMAGE_TAGS = "container.image.tags";
        const ATTR_DB_COLLECTION_NAME = "db.collection.name";
        const ATTR_DB_NAMESPACE = "db.namespace";
        const ATTR_DB_OPERATION_BATCH_SIZE = "db.operation.batch.size";
        const ATTR_DB_OPERATION_NAME = "db.operation.name";
        const ATTR_DB_QUERY_SUMMARY = "db.query.summary";
        const ATTR_DB_QUERY_TEXT = "db.query.text";
        const ATTR_DB_RESPONSE_STATUS_CODE = "db.response.status_code";
        const ATTR_DB_STORED_PROCEDURE_NAME = "db.stored_procedure.name";
        const ATTR_DB_SYSTEM_NAME = "db.system.name";
        const DB_SYSTEM_NAME_VALUE_MARIADB = "mariadb";
        const DB_SYSTEM_NAME_VALUE_MICROSOFT_SQL_SERVER = "microsoft.sql_server";
        const DB_SYSTEM_NAME_VALUE_MYSQL = "mysql";
        const DB_SYSTEM_NAME_VALUE_POSTGRESQL = "postgresql";
        const ATTR_DEPLOYMENT_ENVIRONMENT_NAME = "deployment.environment.name";
        const DEPLOYMENT_ENVIRONMENT_NAME_VALUE_DEVELOPMENT = "development";
        const DEPLOYMENT_ENVIRONMENT_NAME_VALUE_PRODUCTION = "production";
        const DEPLOYMENT_ENVIRONMENT_NAME_VALUE_STAGING = "staging";
        const DEPLOYMENT_ENVIRONMENT_NAME_VALUE_TEST = "test";
        const ATTR_DOTNET_GC_HEAP_GENERATION = "dotnet.gc.heap.generation";
        const DOTNET_GC_HEAP_GENERATION_VALUE_GEN0 = "gen0";
        const DOTNET_GC_HEAP_GENERATION_VALUE_GEN1 = "gen1";
        const DOTNET_GC_HEAP_GENERATION_VALUE_GEN2 = "gen2";
        const DOTNET_GC_HEAP_GENERATION_VALUE_LOH = "loh";
        const DOTNET_GC_HEAP_GENERATION_VALUE_POH = "poh";
        const ATTR_ERROR_TYPE = "error.type";
        const ERROR_TYPE_VALUE_OTHER = "_OTHER";
        const ATTR_EXCEPTION_ESCAPED = "exception.escaped";
        const ATTR_EXCEPTION_MESSAGE = "exception.message";
        const ATTR_EXCEPTION_STACKTRACE = "exception.stacktrace";
        const ATTR_EXCEPTION_TYPE = "exception.type";
        const ATTR_HTTP_REQUEST_HEADER = (key) => `http.request.header.${key}`;
        const ATTR_HTTP_REQUEST_METHOD = "http.request.method";
        const HTTP_REQUEST_METHOD_VALUE_OTHER = "_OTHER";
        const HTTP_REQUEST_METHOD_VALUE_CONNECT = "CONNECT";
        const HTTP_REQUEST_METHOD_VALUE_DELETE = "DELETE";
        const HTTP_REQUEST_METHOD_VALUE_GET = "GET";
        const HTTP_REQUEST_METHOD_VALUE_HEAD = "HEAD";
        const HTTP_REQUEST_METHOD_VALUE_OPTIONS = "OPTIONS";
        const HTTP_REQUEST_METHOD_VALUE_PATCH = "PATCH";
        const HTTP_REQUEST_METHOD_VALUE_POST = "POST";
        const HTTP_REQUEST_METHOD_VALUE_PUT = "PUT";
        const HTTP_REQUEST_METHOD_VALUE_TRACE = "TRACE";
        const ATTR_HTTP_REQUEST_METHOD_ORIGINAL = "http.request.method_original";
        const ATTR_HTTP_REQUEST_RESEND_COUNT = "http.request.resend_count";
        const ATTR_HTTP_RESPONSE_HEADER = (key) => `http.response.header.${key}`;
        const ATTR_HTTP_RESPONSE_STATUS_CODE = "http.response.status_code";
        const ATTR_HTTP_ROUTE = "http.route";
        const ATTR_JVM_GC_ACTION = "jvm.gc.action";
        const ATTR_JVM_GC_NAME = "jvm.gc.name";
        const ATTR_JVM_MEMORY_POOL_NAME = "jvm.memory.pool.name";
        const ATTR_JVM_MEMORY_TYPE = "jvm.memory.type";
        const JVM_MEMORY_TYPE_VALUE_HEAP = "heap";
        const JVM_MEMORY_TYPE_VALUE_NON_HEAP = "non_heap";
        const ATTR_JVM_THREAD_DAEMON = "jvm.thread.daemon";
        const ATTR_JVM_THREAD_STATE = "jvm.thread.state";
        const JVM_THREAD_STATE_VALUE_BLOCKED = "blocked";
        const JVM_THREAD_STATE_VALUE_NEW = "new";
        const JVM_THREAD_STATE_VALUE_RUNNABLE = "runnable";
        const JVM_THREAD_STATE_VALUE_TERMINATED = "terminated";
        const JVM_THREAD_STATE_VALUE_TIMED_WAITING = "timed_waiting";
        const JVM_THREAD_STATE_VALUE_WAITING = "waiting";
        const ATTR_K8S_CLUSTER_NAME = "k8s.cluster.name";
        const ATTR_K8S_CLUSTER_UID = "k8s.cluster.uid";
        const ATTR_K8S_CONTAINER_NAME = "k8s.container.name";
        const ATTR_K8S_CONTAINER_RESTART_COUNT = "k8s.container.restart_count";
        const ATTR_K8S_CRONJOB_ANNOTATION = (key) => `k8s.cronjob.annotation.${key}`;
        const ATTR_K8S_CRONJOB_LABEL = (key) => `k8s.cronjob.label.${key}`;
        const ATTR_K8S_CRONJOB_NAME = "k8s.cronjob.name";
        const ATTR_K8S_CRONJOB_UID = "k8s.cronjob.uid";
        const ATTR_K8S_DAEMONSET_ANNOTATION = (key) => `k8s.daemonset.annotation.${key}`;
        const ATTR_K8S_DAEMONSET_LABEL = (key) => `k8s.daemonset.label.${key}`;
        const ATTR_K8S_DAEMONSET_NAME = "k8s.daemonset.name";
        const ATTR_K8S_DAEMONSET_UID = "k8s.daemonset.uid";
        const ATTR_K8S_DEPLOYMENT_ANNOTATION = (key) => `k8s.deployment.annotation.${key}`;
        const ATTR_K8S_DEPLOYMENT_LABEL = (key) => `k8s.deployment.label.${key}`;
        const ATTR_K8S_DEPLOYMENT_NAME = "k8s.deployment.name";
        const ATTR_K8S_DEPLOYMENT_UID = "k8s.deployment.uid";
        const ATTR_K8S_JOB_ANNOTATION = (key) => `k8s.job.annotation.${key}`;
        const ATTR_K8S_JOB_LABEL = (key) => `k8s.job.label.${key}`;
        const ATTR_K8S_JOB_NAME = "k8s.job.name";
        const ATTR_K8S_JOB_UID = "k8s.job.uid";
        const ATTR_K8S_NAMESPACE_ANNOTATION = (key) => `k8s.namespace.annotation.${key}`;
        const ATTR_K8S_NAMESPACE_LABEL = (key) => `k8s.namespace.label.${key}`;
        const ATTR_K8S_NAMESPACE_NAME = "k8s.namespace.name";
        const ATTR_K8S_NODE_ANNOTATION = (key) => `k8s.node.annotation.${key}`;
        const ATTR_K8S_NODE_LABEL = (key) => `k8s.node.label.${key}`;
        const ATTR_K8S_NODE_NAME = "k8s.node.name";
        const ATTR_K8S_NODE_UID = "k8s.node.uid";
        const ATTR_K8S_POD_ANNOTATION = (key) => `k8s.pod.annotation.${key}`;
        const ATTR_K8S_POD_HOSTNAME = "k8s.pod.hostname";
        const ATTR_K8S_POD_IP = "k8s.pod.ip";
        const ATTR_K8S_POD_LABEL = (key) => `k8s.pod.label.${key}`;
        const ATTR_K8S_POD_NAME = "k8s.pod.name";
        const ATTR_K8S_POD_START_TIME = "k8s.pod.start_time";
        const ATTR_K8S_POD_UID = "k8s.pod.uid";
        const ATTR_K8S_REPLICASET_ANNOTATION = (key) => `k8s.replicaset.annotation.${key}`;
        const ATTR_K8S_REPLICASET_LABEL = (key) => `k8s.replicaset.label.${key}`;
        const ATTR_K8S_REPLICASET_NAME = "k8s.replicaset.name";
        const ATTR_K8S_REPLICASET_UID = "k8s.replicaset.uid";
        const ATTR_K8S_STATEFULSET_ANNOTATION = (key) => `k8s.statefulset.annotation.${key}`;
        const ATTR_K8S_STATEFULSET_LABEL = (key) => `k8s.statefulset.label.${key}`;
        const ATTR_K8S_STATEFULSET_NAME = "k8s.statefulset.name";
        const ATTR_K8S_STATEFULSET_UID = "k8s.statefulset.uid";
        const ATTR_NETWORK_LOCAL_ADDRESS = "network.local.address";
        const ATTR_NETWORK_LOCAL_PORT = "network.local.port";
        const ATTR_NETWORK_PEER_ADDRESS = "network.peer.address";
        const ATTR_NETWORK_PEER_PORT = "network.peer.port";
        const ATTR_NETWORK_PROTOCOL_NAME = "network.protocol.name";
        const ATTR_NETWORK_PROTOCOL_VERSION = "network.protocol.version";
        const ATTR_NETWORK_TRANSPORT = "network.transport";
        const NETWORK_TRANSPORT_VALUE_PIPE = "pipe";
        const NETWORK_TRANSPORT_VALUE_QUIC = "quic";
        const NETWORK_TRANSPORT_VALUE_TCP = "tcp";
        const NETWORK_TRANSPORT_VALUE_UDP = "udp";
        const NETWORK_TRANSPORT_VALUE_UNIX = "unix";
        const ATTR_NETWORK_TYPE = "network.type";
        const NETWORK_TYPE_VALUE_IPV4 = "ipv4";
        const NETWORK_TYPE_VALUE_IPV6 = "ipv6";
        const ATTR_OTEL_EVENT_NAME = "otel.event.name";
        const ATTR_OTEL_SCOPE_NAME = "otel.scope.name";
        const ATTR_OTEL_SCOPE_VERSION = "otel.scope.version";
        const ATTR_OTEL_STATUS_CODE = "otel.status_code";
        const OTEL_STATUS_CODE_VALUE_ERROR = "ERROR";
        const OTEL_STATUS_CODE_VALUE_OK = "OK";
        const ATTR_OTEL_STATUS_DESCRIPTION = "otel.status_description";
        const ATTR_RPC_METHOD = "rpc.method";
        const ATTR_RPC_METHOD_ORIGINAL = "rpc.method_original";
        const ATTR_RPC_STATUS_CODE = "rpc.status_code";
        const ATTR_RPC_SYSTEM_NAME = "rpc.system.name";
        const RPC_SYSTEM_NAME_VALUE_DUBBO = "dubbo";
        const RPC_SYSTEM_NAME_VALUE_GRPC = "grpc";
        const ATTR_SERVER_ADDRESS = "server.address";
        const ATTR_SERVER_PORT = "server.port";
        const ATTR_SERVICE_INSTANCE_ID = "service.instance.id";
        const ATTR_SERVICE_NAME = "service.name";
        const ATTR_SERVICE_NAMESPACE = "service.namespace";
        const ATTR_SERVICE_VERSION = "service.version";
        const ATTR_SIGNALR_CONNECTION_STATUS = "signalr.connection.status";
        const SIGNALR_CONNECTION_STATUS_VALUE_APP_SHUTDOWN = "app_shutdown";
        const SIGNALR_CONNECTION_STATUS_VALUE_NORMAL_CLOSURE = "normal_closure";
        const SIGNALR_CONNECTION_STATUS_VALUE_TIMEOUT = "timeout";
        const ATTR_SIGNALR_TRANSPORT = "signalr.transport";
        const SIGNALR_TRANSPORT_VALUE_LONG_POLLING = "long_polling";
        const SIGNALR_TRANSPORT_VALUE_SERVER_SENT_EVENTS = "server_sent_events";
        const SIGNALR_TRANSPORT_VALUE_WEB_SOCKETS = "web_sockets";
        const ATTR_TELEMETRY_DISTRO_NAME = "telemetry.distro.name";
        const ATTR_TELEMETRY_DISTRO_VERSION = "telemetry.distro.version";
        const ATTR_TELEMETRY_SDK_LANGUAGE = "telemetry.sdk.language";
        const TELEMETRY_SDK_LANGUAGE_VALUE_CPP = "cpp";
        const TELEMETRY_SDK_LANGUAGE_VALUE_DOTNET = "dotnet";
        const TELEMETRY_SDK_LANGUAGE_VALUE_ERLANG = "erlang";
        const TELEMETRY_SDK_LANGUAGE_VALUE_GO = "go";
        const TELEMETRY_SDK_LANGUAGE_VALUE_JAVA = "java";
        const TELEMETRY_SDK_LANGUAGE_VALUE_KOTLIN = "kotlin";
        const TELEMETRY_SDK_LANGUAGE_VALUE_NODEJS = "nodejs";
        const TELEMETRY_SDK_LANGUAGE_VALUE_PHP = "php";
        const TELEMETRY_SDK_LANGUAGE_VALUE_PYTHON = "python";
        const TELEMETRY_SDK_LANGUAGE_VALUE_RUBY = "ruby";
        const TELEMETRY_SDK_LANGUAGE_VALUE_RUST = "rust";
        const TELEMETRY_SDK_LANGUAGE_VALUE_SWIFT = "swift";
        const TELEMETRY_SDK_LANGUAGE_VALUE_WEBJS = "webjs";
        const ATTR_TELEMETRY_SDK_NAME = "telemetry.sdk.name";
        const ATTR_TELEMETRY_SDK_VERSION = "telemetry.sdk.version";
        const ATTR_URL_FRAGMENT = "url.fragment";
        const ATTR_URL_FULL = "url.full";
        const ATTR_URL_PATH = "url.path";
        const ATTR_URL_QUERY = "url.query";
        const ATTR_URL_SCHEME = "url.scheme";
        const ATTR_USER_AGENT_ORIGINAL = "user_agent.original";
        exports.ASPNETCORE_DIAGNOSTICS_EXCEPTION_RESULT_VALUE_ABORTED = ASPNETCORE_DIAGNOSTICS_EXCEPTION_RESULT_VALUE_ABORTED;
        exports.ASPNETCORE_DIAGNOSTICS_EXCEPTION_RESULT_VALUE_HANDLED = ASPNETCORE_DIAGNOSTICS_EXCEPTION_RESULT_VALUE_HANDLED;
        exports.ASPNETCORE_DIAGNOSTICS_EXCEPTION_RESULT_VALUE_SKIPPED = ASPNETCORE_DIAGNOSTICS_EXCEPTION_RESULT_VALUE_SKIPPED;
        exports.ASPNETCORE_DIAGNOSTICS_EXCEPTION_RESULT_VALUE_UNHANDLED = ASPNETCORE_DIAGNOSTICS_EXCEPTION_RESULT_VALUE_UNHANDLED;
        exports.ASPNETCORE_RATE_LIMITING_RESULT_VALUE_ACQUIRED = ASPNETCORE_RATE_LIMITING_RESULT_VALUE_ACQUIRED;
        exports.ASPNETCORE_RATE_LIMITING_RESULT_VALUE_ENDPOINT_LIMITER = ASPNETCORE_RATE_LIMITING_RESULT_VALUE_ENDPOINT_LIMITER;
        exports.ASPNETCORE_RATE_LIMITING_RESULT_VALUE_GLOBAL_LIMITER = ASPNETCORE_RATE_LIMITING_RESULT_VALUE_GLOBAL_LIMITER;
        exports.ASPNETCORE_RATE_LIMITING_RESULT_VALUE_REQUEST_CANCELED = ASPNETCORE_RATE_LIMITING_RESULT_VALUE_REQUEST_CANCELED;
        exports.ASPNETCORE_ROUTING_MATCH_STATUS_VALUE_FAILURE = ASPNETCORE_ROUTING_MATCH_STATUS_VALUE_FAILURE;
        exports.ASPNETCORE_ROUTING_MATCH_STATUS_VALUE_SUCCESS = ASPNETCORE_ROUTING_MATCH_STATUS_VALUE_SUCCESS;
        exports.ATTR_ASPNETCORE_DIAGNOSTICS_EXCEPTION_RESULT = ATTR_ASPNETCORE_DIAGNOSTICS_EXCEPTION_RESULT;
        exports.ATTR_ASPNETCORE_DIAGNOSTICS_HANDLER_TYPE = ATTR_ASPNETCORE_DIAGNOSTICS_HANDLER_TYPE;
        exports.ATTR_ASPNETCORE_RATE_LIMITING_POLICY = ATTR_ASPNETCORE_RATE_LIMITING_POLICY;
        exports.ATTR_ASPNETCORE_RATE_LIMITING_RESULT = ATTR_ASPNETCORE_RATE_LIMITING_RESULT;
        exports.ATTR_ASPNETCORE_REQUEST_IS_UNHANDLED = ATTR_ASPNETCORE_REQUEST_IS_UNHANDLED;
        exports.ATTR_ASPNETCORE_ROUTING_IS_FALLBACK = ATTR_ASPNETCORE_ROUTING_IS_FALLBACK;
        exports.ATTR_ASPNETCORE_ROUTING_MATCH_STATUS = ATTR_ASPNETCORE_ROUTING_MATCH_STATUS;
        exports.ATTR_ASPNETCORE_USER_IS_AUTHENTICATED = ATTR_ASPNETCORE_USER_IS_AUTHENTICATED;
        exports.ATTR_CLIENT_ADDRESS = ATTR_CLIENT_ADDRESS;
        exports.ATTR_CLIENT_PORT = ATTR_CLIENT_PORT;
        exports.ATTR_CODE_COLUMN_NUMBER = ATTR_CODE_COLUMN_NUMBER;
        exports.ATTR_CODE_FILE_PATH = ATTR_CODE_FILE_PATH;
        exports.ATTR_CODE_FUNCTION_NAME = ATTR_CODE_FUNCTION_NAME;
        exports.ATTR_CODE_LINE_NUMBER = ATTR_CODE_LINE_NUMBER;
        exports.ATTR_CODE_STACKTRACE = ATTR_CODE_STACKTRACE;
        exports.ATTR_CONTAINER_ID = ATTR_CONTAINER_ID;
        exports.ATTR_CONTAINER_IMAGE_NAME = ATTR_CONTAINER_IMAGE_NAME;
        exports.ATTR_CONTAINER_IMAGE_REPO_DIGESTS = ATTR_CONTAINER_IMAGE_REPO_DIGESTS;
        exports.ATTR_CONTAINER_IMAGE_TAGS = ATTR_CONTAINER_IMAGE_TAGS;
        exports.ATTR_DB_COLLECTION_NAME = ATTR_DB_COLLECTION_NAME;
        exports.ATTR_DB_NAMESPACE = ATTR_DB_NAMESPACE;
        exports.ATTR_DB_OPERATION_BATCH_SIZE = ATTR_DB_OPERATION_BATCH_SIZE;
        exports.ATTR_DB_OPERATION_NAME = ATTR_DB_OPERATION_NAME;
        exports.ATTR_DB_QUERY_SUMMARY = ATTR_DB_QUERY_SUMMARY;
        exports.ATTR_DB_QUERY_TEXT = ATTR_DB_QUERY_TEXT;
        exports.ATTR_DB_RESPONSE_STATUS_CODE = ATTR_DB_RESPONSE_STATUS_CODE;
        exports.ATTR_DB_STORED_PROCEDURE_NAME = ATTR_DB_STORED_PROCEDURE_NAME;
        exports.ATTR_DB_SYSTEM_NAME = ATTR_DB_SYSTEM_NAME;
        exports.ATTR_DEPLOYMENT_ENVIRONMENT_NAME = ATTR_DEPLOYMENT_ENVIRONMENT_NAME;
        exports.ATTR_DOTNET_GC_HEAP_GENERATION = ATTR_DOTNET_GC_HEAP_GENERATION;
        exports.ATTR_ERROR_TYPE = ATTR_ERROR_TYPE;
        exports.ATTR_EXCEPTION_ESCAPED = ATTR_EXCEPTION_ESCAPED;
        exports.ATTR_EXCEPTION_MESSAGE = ATTR_EXCEPTION_MESSAGE;
        exports.ATTR_EXCEPTION_STACKTRACE = ATTR_EXCEPTION_STACKTRACE;
        exports.ATTR_EXCEPTION_TYPE = ATTR_EXCEPTION_TYPE;
        exports.ATTR_HTTP_REQUEST_HEADER = ATTR_HTTP_REQUEST_HEADER;
        exports.ATTR_HTTP_REQUEST_METHOD = ATTR_HTTP_REQUEST_METHOD;
        exports.ATTR_HTTP_REQUEST_METHOD_ORIGINAL = ATTR_HTTP_REQUEST_METHOD_ORIGINAL;
        exports.ATTR_HTTP_REQUEST_RESEND_COUNT = ATTR_HTTP_REQUEST_RESEND_COUNT;
        exports.ATTR_HTTP_RESPONSE_HEADER = ATTR_HTTP_RESPONSE_HEADER;
        exports.ATTR_HTTP_RESPONSE_STATUS_CODE = ATTR_HTTP_RESPONSE_STATUS_CODE;
        exports.ATTR_HTTP_ROUTE = ATTR_HTTP_ROUTE;
        exports.ATTR_JVM_GC_ACTION = ATTR_JVM_GC_ACTION;
        exports.ATTR_JVM_GC_NAME = ATTR_JVM_GC_NAME;
        exports.ATTR_JVM_MEMORY_POOL_NAME = ATTR_JVM_MEMORY_POOL_NAME;
        exports.ATTR_JVM_MEMORY_TYPE = ATTR_JVM_MEMORY_TYPE;
        exports.ATTR_JVM_THREAD_DAEMON = ATTR_JVM_THREAD_DAEMON;
        exports.ATTR_JVM_THREAD_STATE = ATTR_JVM_THREAD_STATE;
        exports.ATTR_K8S_CLUSTER_NAME = ATTR_K8S_CLUSTER_NAME;
        exports.ATTR_K8S_CLUSTER_UID = ATTR_K8S_CLUSTER_UID;
        exports.ATTR_K8S_CONTAINER_NAME = ATTR_K8S_CONTAINER_NAME;
        exports.ATTR_K8S_CONTAINER_RESTART_COUNT = ATTR_K8S_CONTAINER_RESTART_COUNT;
        exports.ATTR_K8S_CRONJOB_ANNOTATION = ATTR_K8S_CRONJOB_ANNOTATION;
        exports.ATTR_K8S_CRONJOB_LABEL = ATTR_K8S_CRONJOB_LABEL;
        exports.ATTR_K8S_CRONJOB_NAME = ATTR_K8S_CRONJOB_NAME;
        exports.ATTR_K8S_CRONJOB_UID = ATTR_K8S_CRONJOB_UID;
        exports.ATTR_K8S_DAEMONSET_ANNOTATION = ATTR_K8S_DAEMONSET_ANNOTATION;
        exports.ATTR_K8S_DAEMONSET_LABEL = ATTR_K8S_DAEMONSET_LABEL;
        exports.ATTR_K8S_DAEMONSET_NAME = ATTR_K8S_DAEMONSET_NAME;
        exports.ATTR_K8S_DAEMONSET_UID = ATTR_K8S_DAEMONSET_UID;
        exports.ATTR_K8S_DEPLOYMENT_ANNOTATION = ATTR_K8S_DEPLOYMENT_ANNOTATION;
        exports.ATTR_K8S_DEPLOYMENT_LABEL = ATTR_K8S_DEPLOYMENT_LABEL;
        exports.ATTR_K8S_DEPLOYMENT_NAME = ATTR_K8S_DEPLOYMENT_NAME;
        exports.ATTR_K8S_DEPLOYMENT_UID = ATTR_K8S_DEPLOYMENT_UID;
        exports.ATTR_K8S_JOB_ANNOTATION = ATTR_K8S_JOB_ANNOTATION;
        exports.ATTR_K8S_JOB_LABEL = ATTR_K8S_JOB_LABEL;
        exports.ATTR_K8S_JOB_NAME = ATTR_K8S_JOB_NAME;
        exports.ATTR_K8S_JOB_UID = ATTR_K8S_JOB_UID;
        exports.ATTR_K8S_NAMESPACE_ANNOTATION = ATTR_K8S_NAMESPACE_ANNOTATION;
        exports.ATTR_K8S_NAMESPACE_LABEL = ATTR_K8S_NAMESPACE_LABEL;
        exports.ATTR_K8S_NAMESPACE_NAME = ATTR_K8S_NAMESPACE_NAME;
        exports.ATTR_K8S_NODE_ANNOTATION = ATTR_K8S_NODE_ANNOTATION;
        exports.ATTR_K8S_NODE_LABEL = ATTR_K8S_NODE_LABEL;
        exports.ATTR_K8S_NODE_NAME = ATTR_K8S_NODE_NAME;
        exports.ATTR_K8S_NODE_UID = ATTR_K8S_NODE_UID;
        exports.ATTR_K8S_POD_ANNOTATION = ATTR_K8S_POD_ANNOTATION;
        exports.ATTR_K8S_POD_HOSTNAME = ATTR_K8S_POD_HOSTNAME;
        exports.ATTR_K8S_POD_IP = ATTR_K8S_POD_IP;
        exports.ATTR_K8S_POD_LABEL = ATTR_K8S_POD_LABEL;
        exports.ATTR_K8S_POD_NAME = ATTR_K8S_POD_NAME;
        exports.ATTR_K8S_POD_START_TIME = ATTR_K8S_POD_START_TIME;
        exports.ATTR_K8S_POD_UID = ATTR_K8S_POD_UID;
        exports.ATTR_K8S_REPLICASET_ANNOTATION = ATTR_K8S_REPLICASET_ANNOTATION;
        exports.ATTR_K8S_REPLICASET_LABEL = ATTR_K8S_REPLICASET_LABEL;
        exports.ATTR_K8S_REPLICASET_NAME = ATTR_K8S_REPLICASET_NAME;
        exports.ATTR_K8S_REPLICASET_UID = ATTR_K8S_REPLICASET_UID;
        exports.ATTR_K8S_STATEFULSET_ANNOTATION = ATTR_K8S_STATEFULSET_ANNOTATION;
        exports.ATTR_K8S_STATEFULSET_LABEL = ATTR_K8S_STATEFULSET_LABEL;
        exports.ATTR_K8S_STATEFULSET_NAME = ATTR_K8S_STATEFULSET_NAME;
        exports.ATTR_K8S_STATEFULSET_UID = ATTR_K8S_STATEFULSET_UID;
        exports.ATTR_NETWORK_LOCAL_ADDRESS = ATTR_NETWORK_LOCAL_ADDRESS;
        exports.ATTR_NETWORK_LOCAL_PORT = ATTR_NETWORK_LOCAL_PORT;
        exports.ATTR_NETWORK_PEER_ADDRESS = ATTR_NETWORK_PEER_ADDRESS;
        exports.ATTR_NETWORK_PEER_PORT = ATTR_NETWORK_PEER_PORT;
        exports.ATTR_NETWORK_PROTOCOL_NAME = ATTR_NETWORK_PROTOCOL_NAME;
        exports.ATTR_NETWORK_PROTOCOL_VERSION = ATTR_NETWORK_PROTOCOL_VERSION;
        exports.ATTR_NETWORK_TRANSPORT = ATTR_NETWORK_TRANSPORT;
        exports.ATTR_NETWORK_TYPE = ATTR_NETWORK_TYPE;
        exports.ATTR_OTEL_EVENT_NAME = ATTR_OTEL_EVENT_NAME;
        exports.ATTR_OTEL_SCOPE_NAME = ATTR_OTEL_SCOPE_NAME;
        exports.ATTR_OTEL_SCOPE_VERSION = ATTR_OTEL_SCOPE_VERSION;
        exports.ATTR_OTEL_STATUS_CODE = ATTR_OTEL_STATUS_CODE;
        exports.ATTR_OTEL_STATUS_DESCRIPTION = ATTR_OTEL_STATUS_DESCRIPTION;
        exports.ATTR_RPC_METHOD = ATTR_RPC_METHOD;
        exports.ATTR_RPC_METHOD_ORIGINAL = ATTR_RPC_METHOD_ORIGINAL;
        exports.ATTR_RPC_STATUS_CODE = ATTR_RPC_STATUS_CODE;
        exports.ATTR_RPC_SYSTEM_NAME = ATTR_RPC_SYSTEM_NAME;
        exports.ATTR_SERVER_ADDRESS = ATTR_SERVER_ADDRESS;
        exports.ATTR_SERVER_PORT = ATTR_SERVER_PORT;
        exports.ATTR_SERVICE_INSTANCE_ID = ATTR_SERVICE_INSTANCE_ID;
        exports.ATTR_SERVICE_NAME = ATTR_SERVICE_NAME;
        exports.ATTR_SERVICE_NAMESPACE = ATTR_SERVICE_NAMESPACE;
        exports.ATTR_SERVICE_VERSION = ATTR_SERVICE_VERSION;
        exports.ATTR_SIGNALR_CONNECTION_STATUS = ATTR_SIGNALR_CONNECTION_STATUS;
        exports.ATTR_SIGNALR_TRANSPORT = ATTR_SIGNALR_TRANSPORT;
        exports.ATTR_TELEMETRY_DISTRO_NAME = ATTR_TELEMETRY_DISTRO_NAME;
        exports.ATTR_TELEMETRY_DISTRO_VERSION = ATTR_TELEMETRY_DISTRO_VERSION;
        exports.ATTR_TELEMETRY_SDK_LANGUAGE = ATTR_TELEMETRY_SDK_LANGUAGE;
        exports.ATTR_TELEMETRY_SDK_NAME = ATTR_TELEMETRY_SDK_NAME;
        exports.ATTR_TELEMETRY_SDK_VERSION = ATTR_TELEMETRY_SDK_VERSION;
        exports.ATTR_URL_FRAGMENT = ATTR_URL_FRAGMENT;
        exports.ATTR_URL_FULL = ATTR_URL_FULL;
        exports.ATTR_URL_PATH = ATTR_URL_PATH;
        exports.ATTR_URL_QUERY = ATTR_URL_QUERY;
        exports.ATTR_URL_SCHEME = ATTR_URL_SCHEME;
        exports.ATTR_USER_AGENT_ORIGINAL = ATTR_USER_AGENT_ORIGINAL;
        exports.DB_SYSTEM_NAME_VALUE_MARIADB = DB_SYSTEM_NAME_VALUE_MARIADB;
        exports.DB_SYSTEM_NAME_VALUE_MICROSOFT_SQL_SERVER = DB_SYSTEM_NAME_VALUE_MICROSOFT_SQL_SERVER;
        exports.DB_SYSTEM_NAME_VALUE_MYSQL = DB_SYSTEM_NAME_VALUE_MYSQL;
        exports.DB_SYSTEM_NAME_VALUE_POSTGRESQL = DB_SYSTEM_NAME_VALUE_POSTGRESQL;
        exports.DEPLOYMENT_ENVIRONMENT_NAME_VALUE_DEVELOPMENT = DEPLOYMENT_ENVIRONMENT_NAME_VALUE_DEVELOPMENT;
        exports.DEPLOYMENT_ENVIRONMENT_NAME_VALUE_PRODUCTION = DEPLOYMENT_ENVIRONMENT_NAME_VALUE_PRODUCTION;
        exports.DEPLOYMENT_ENVIRONMENT_NAME_VALUE_STAGING = DEPLOYMENT_ENVIRONMENT_NAME_VALUE_STAGING;
        exports.DEPLOYMENT_ENVIRONMENT_NAME_VALUE_TEST = DEPLOYMENT_ENVIRONMENT_NAME_VALUE_TEST;
        exports.DOTNET_GC_HEAP_GENERATION_VALUE_GEN0 = DOTNET_GC_HEAP_GENERATION_VALUE_GEN0;
        exports.DOTNET_GC_HEAP_GENERATION_VALUE_GEN1 = DOTNET_GC_HEAP_GENERATION_VALUE_GEN1;
        exports.DOTNET_GC_HEAP_GENERATION_VALUE_GEN2 = DOTNET_GC_HEAP_GENERATION_VALUE_GEN2;
        exports.DOTNET_GC_HEAP_GENERATION_VALUE_LOH = DOTNET_GC_HEAP_GENERATION_VALUE_LOH;
        exports.DOTNET_GC_HEAP_GENERATION_VALUE_POH = DOTNET_GC_HEAP_GENERATION_VALUE_POH;
        exports.ERROR_TYPE_VALUE_OTHER = ERROR_TYPE_VALUE_OTHER;
        exports.HTTP_REQUEST_METHOD_VALUE_CONNECT = HTTP_REQUEST_METHOD_VALUE_CONNECT;
        exports.HTTP_REQUEST_METHOD_VALUE_DELETE = HTTP_REQUEST_METHOD_VALUE_DELETE;
        exports.HTTP_REQUEST_METHOD_VALUE_GET = HTTP_REQUEST_METHOD_VALUE_GET;
        exports.HTTP_REQUEST_METHOD_VALUE_HEAD = HTTP_REQUEST_METHOD_VALUE_HEAD;
        exports.HTTP_REQUEST_METHOD_VALUE_OPTIONS = HTTP_REQUEST_METHOD_VALUE_OPTIONS;
        exports.HTTP_REQUEST_METHOD_VALUE_OTHER = HTTP_REQUEST_METHOD_VALUE_OTHER;
        exports.HTTP_REQUEST_METHOD_VALUE_PATCH = HTTP_REQUEST_METHOD_VALUE_PATCH;
        exports.HTTP_REQUEST_METHOD_VALUE_POST = HTTP_REQUEST_METHOD_VALUE_POST;
        exports.HTTP_REQUEST_METHOD_VALUE_PUT = HTTP_REQUEST_METHOD_VALUE_PUT;
        exports.HTTP_REQUEST_METHOD_VALUE_TRACE = HTTP_REQUEST_METHOD_VALUE_TRACE;
        exports.JVM_MEMORY_TYPE_VALUE_HEAP = JVM_MEMORY_TYPE_VALUE_HEAP;
        exports.JVM_MEMORY_TYPE_VALUE_NON_HEAP = JVM_MEMORY_TYPE_VALUE_NON_HEAP;
        exports.JVM_THREAD_STATE_VALUE_BLOCKED = JVM_THREAD_STATE_VALUE_BLOCKED;
        exports.JVM_THREAD_STATE_VALUE_NEW = JVM_THREAD_STATE_VALUE_NEW;
        exports.JVM_THREAD_STATE_VALUE_RUNNABLE = JVM_THREAD_STATE_VALUE_RUNNABLE;
        exports.JVM_THREAD_STATE_VALUE_TERMINATED = JVM_THREAD_STATE_VALUE_TERMINATED;
        exports.JVM_THREAD_STATE_VALUE_TIMED_WAITING = JVM_THREAD_STATE_VALUE_TIMED_WAITING;
        exports.JVM_THREAD_STATE_VALUE_WAITING = JVM_THREAD_STATE_VALUE_WAITING;
        exports.NETWORK_TRANSPORT_VALUE_PIPE = NETWORK_TRANSPORT_VALUE_PIPE;
        exports.NETWORK_TRANSPORT_VALUE_QUIC = NETWORK_TRANSPORT_VALUE_QUIC;
        exports.NETWORK_TRANSPORT_VALUE_TCP = NETWORK_TRANSPORT_VALUE_TCP;
        exports.NETWORK_TRANSPORT_VALUE_UDP = NETWORK_TRANSPORT_VALUE_UDP;
        exports.NETWORK_TRANSPORT_VALUE_UNIX = NETWORK_TRANSPORT_VALUE_UNIX;
        exports.NETWORK_TYPE_VALUE_IPV4 = NETWORK_TYPE_VALUE_IPV4;
        exports.NETWORK_TYPE_VALUE_IPV6 = NETWORK_TYPE_VALUE_IPV6;
        exports.OTEL_STATUS_CODE_VALUE_ERROR = OTEL_STATUS_CODE_VALUE_ERROR;
        exports.OTEL_STATUS_CODE_VALUE_OK = OTEL_STATUS_CODE_VALUE_OK;
        exports.RPC_SYSTEM_NAME_VALUE_DUBBO = RPC_SYSTEM_NAME_VALUE_DUBBO;
        exports.RPC_SYSTEM_NAME_VALUE_GRPC = RPC_SYSTEM_NAME_VALUE_GRPC;
        exports.SIGNALR_CONNECTION_STATUS_VALUE_APP_SHUTDOWN = SIGNALR_CONNECTION_STATUS_VALUE_APP_SHUTDOWN;
        exports.SIGNALR_CONNECTION_STATUS_VALUE_NORMAL_CLOSURE = SIGNALR_CONNECTION_STATUS_VALUE_NORMAL_CLOSURE;
        exports.SIGNALR_CONNECTION_STATUS_VALUE_TIMEOUT = SIGNALR_CONNECTION_STATUS_VALUE_TIMEOUT;
        exports.SIGNALR_TRANSPORT_VALUE_LONG_POLLING = SIGNALR_TRANSPORT_VALUE_LONG_POLLING;
        exports.SIGNALR_TRANSPORT_VALUE_SERVER_SENT_EVENTS = SIGNALR_TRANSPORT_VALUE_SERVER_SENT_EVENTS;
        exports.SIGNALR_TRANSPORT_VALUE_WEB_SOCKETS = SIGNALR_TRANSPORT_VALUE_WEB_SOCKETS;
        exports.TELEMETRY_SDK_LANGUAGE_VALUE_CPP = TELEMETRY_SDK_LANGUAGE_VALUE_CPP;
        exports.TELEMETRY_SDK_LANGUAGE_VALUE_DOTNET = TELEMETRY_SDK_LANGUAGE_VALUE_DOTNET;
        exports.TELEMETRY_SDK_LANGUAGE_VALUE_ERLANG = TELEMETRY_SDK_LANGUAGE_VALUE_ERLANG;
        exports.TELEMETRY_SDK_LANGUAGE_VALUE_GO = TELEMETRY_SDK_LANGUAGE_VALUE_GO;
        exports.TELEMETRY_SDK_LANGUAGE_VALUE_JAVA = TELEMETRY_SDK_LANGUAGE_VALUE_JAVA;
        exports.TELEMETRY_SDK_LANGUAGE_VALUE_KOTLIN = TELEMETRY_SDK_LANGUAGE_VALUE_KOTLIN;
        exports.TELEMETRY_SDK_LANGUAGE_VALUE_NODEJS = TELEMETRY_SDK_LANGUAGE_VALUE_NODEJS;
        exports.TELEMETRY_SDK_LANGUAGE_VALUE_PHP = TELEMETRY_SDK_LANGUAGE_VALUE_PHP;
        exports.TELEMETRY_SDK_LANGUAGE_VALUE_PYTHON = TELEMETRY_SDK_LANGUAGE_VALUE_PYTHON;
        exports.TELEMETRY_SDK_LANGUAGE_VALUE_RUBY = TELEMETRY_SDK_LANGUAGE_VALUE_RUBY;
        exports.TELEMETRY_SDK_LANGUAGE_VALUE_RUST = TELEMETRY_SDK_LANGUAGE_VALUE_RUST;
        exports.TELEMETRY_SDK_LANGUAGE_VALUE_SWIFT = TELEMETRY_SDK_LANGUAGE_VALUE_SWIFT;
        exports.TELEMETRY_SDK_LANGUAGE_VALUE_WEBJS = TELEMETRY_SDK_LANGUAGE_VALUE_WEBJS;
    }),
    58710: ((__unused_webpack_module, exports) => {
        const EVENT_EXCEPTION = "exception";
        exports.EVENT_EXCEPTION = EVENT_EXCEPTION;
    }),
    75024: ((__unused_webpack_module, exports) => {
        const METRIC_ASPNETCORE_DIAGNOSTICS_EXCEPTIONS = "aspnetcore.diagnostics.exceptions";
        const METRIC_ASPNETCORE_RATE_LIMITING_ACTIVE_REQUEST_LEASES = "aspnetcore.rate_limiting.active_request_leases";
        const METRIC_ASPNETCORE_RATE_LIMITING_QUEUED_REQUESTS = "aspnetcore.rate_limiting.queued_requests";
        const METRIC_ASPNETCORE_RATE_LIMITING_REQUEST_TIME_IN_QUEUE = "aspnetcore.rate_limiting.request.time_in_queue";
        const METRIC_ASPNETCORE_RATE_LIMITING_REQUEST_LEASE_DURATION = "aspnetcore.rate_limiting.request_lease.duration";
        const METRIC_ASPNETCORE_RATE_LIMITING_REQUESTS = "aspnetcore.rate_limiting.requests";
        const METRIC_ASPNETCORE_ROUTING_MATCH_ATTEMPTS = "aspnetcore.routing.match_attempts";
        const METRIC_DB_CLIENT_OPERATION_DURATION = "db.client.operation.duration";
        const METRIC_DOTNET_ASSEMBLY_COUNT = "dotnet.assembly.count";
        const METRIC_DOTNET_EXCEPTIONS = "dotnet.exceptions";
        const METRIC_DOTNET_GC_COLLECTIONS = "dotnet.gc.collections";
        const METRIC_DOTNET_GC_HEAP_TOTAL_ALLOCATED = "dotnet.gc.heap.total_allocated";
        const METRIC_DOTNET_GC_LAST_COLLECTION_HEAP_FRAGMENTATION_SIZE = "dotnet.gc.last_collection.heap.fragmentation.size";
        const METRIC_DOTNET_GC_LAST_COLLECTION_HEAP_SIZE = "dotnet.gc.last_collection.heap.size";
        const METRIC_DOTNET_GC_LAST_COLLECTION_MEMORY_COMMITTED_SIZE = "dotnet.gc.last_collection.memory.committed_size";
        const METRIC_DOTNET_GC_PAUSE_TIME = "dotnet.gc.pause.time";
        const METRIC_DOTNET_JIT_COMPILATION_TIME = "dotnet.jit.compilation.time";
        const METRIC_DOTNET_JIT_COMPILED_IL_SIZE = "dotnet.jit.compiled_il.size";
        const METRIC_DOTNET_JIT_COMPILED_METHODS = "dotnet.jit.compiled_methods";
        const METRIC_DOTNET_MONITOR_LOCK_CONTENTIONS = "dotnet.monitor.lock_contentions";
        const METRIC_DOTNET_PROCESS_CPU_COUNT = "dotnet.process.cpu.count";
        const METRIC_DOTNET_PROCESS_CPU_TIME = "dotnet.process.cpu.time";
        const METRIC_DOTNET_PROCESS_MEMORY_WORKING_SET = "dotnet.process.memory.working_set";
        const METRIC_DOTNET_THREAD_POOL_QUEUE_LENGTH = "dotnet.thread_pool.queue.length";
        const METRIC_DOTNET_THREAD_POOL_THREAD_COUNT = "dotnet.thread_pool.thread.count";
        const METRIC_DOTNET_THREAD_POOL_WORK_ITEM_COUNT = "dotnet.thread_pool.work_item.count";
        const METRIC_DOTNET_TIMER_COUNT = "dotnet.timer.count";
        const METRIC_HTTP_CLIENT_REQUEST_DURATION = "http.client.request.duration";
        const METRIC_HTTP_SERVER_REQUEST_DURATION = "http.server.request.duration";
        const METRIC_JVM_CLASS_COUNT = "jvm.class.count";
        const METRIC_JVM_CLASS_LOADED = "jvm.class.loaded";
        const METRIC_JVM_CLASS_UNLOADED = "jvm.class.unloaded";
        const METRIC_JVM_CPU_COUNT = "jvm.cpu.count";
        const METRIC_JVM_CPU_RECENT_UTILIZATION = "jvm.cpu.recent_utilization";
        const METRIC_JVM_CPU_TIME = "jvm.cpu.time";
        const METRIC_JVM_GC_DURATION = "jvm.gc.duration";
        const METRIC_JVM_MEMORY_COMMITTED = "jvm.memory.committed";
        const METRIC_JVM_MEMORY_LIMIT = "jvm.memory.limit";
        const METRIC_JVM_MEMORY_USED = "jvm.memory.used";
        const METRIC_JVM_MEMORY_USED_AFTER_LAST_GC = "jvm.memory.used_after_last_gc";
        const METRIC_JVM_THREAD_COUNT = "jvm.thread.count";
        const METRIC_KESTREL_ACTIVE_CONNECTIONS = "kestrel.active_connections";
        const METRIC_KESTREL_ACTIVE_TLS_HANDSHAKES = "kestrel.active_tls_handshakes";
        const METRIC_KESTREL_CONNECTION_DURATION = "kestrel.connection.duration";
        const METRIC_KESTREL_QUEUED_CONNECTIONS = "kestrel.queued_connections";
        const METRIC_KESTREL_QUEUED_REQUESTS = "kestrel.queued_requests";
        const METRIC_KESTREL_REJECTED_CONNECTIONS = "kestrel.rejected_connections";
        const METRIC_KESTREL_TLS_HANDSHAKE_DURATION = "kestrel.tls_handshake.duration";
        const METRIC_KESTREL_UPGRADED_CONNECTIONS = "kestrel.upgraded_connections";
        const METRIC_RPC_CLIENT_CALL_DURATION = "rpc.client.call.duration";
        const METRIC_RPC_SERVER_CALL_DURATION = "rpc.server.call.duration";
        const METRIC_SIGNALR_SERVER_ACTIVE_CONNECTIONS = "signalr.server.active_connections";
        const METRIC_SIGNALR_SERVER_CONNECTION_DURATION = "signalr.server.connection.duration";
        exports.METRIC_ASPNETCORE_DIAGNOSTICS_EXCEPTIONS = METRIC_ASPNETCORE_DIAGNOSTICS_EXCEPTIONS;
        exports.METRIC_ASPNETCORE_RATE_LIMITING_ACTIVE_REQUEST_LEASES = METRIC_ASPNETCORE_RATE_LIMITING_ACTIVE_REQUEST_LEASES;
        exports.METRIC_ASPNETCORE_RATE_LIMITING_QUEUED_REQUESTS = METRIC_ASPNETCORE_RATE_LIMITING_QUEUED_REQUESTS;
        exports.METRIC_ASPNETCORE_RATE_LIMITING_REQUESTS = METRIC_ASPNETCORE_RATE_LIMITING_REQUESTS;
        exports.METRIC_ASPNETCORE_RATE_LIMITING_REQUEST_LEASE_DURATION = METRIC_ASPNETCORE_RATE_LIMITING_REQUEST_LEASE_DURATION;
        exports.METRIC_ASPNETCORE_RATE_LIMITING_REQUEST_TIME_IN_QUEUE = METRIC_ASPNETCORE_RATE_LIMITING_REQUEST_TIME_IN_QUEUE;
        exports.METRIC_ASPNETCORE_ROUTING_MATCH_ATTEMPTS = METRIC_ASPNETCORE_ROUTING_MATCH_ATTEMPTS;
        exports.METRIC_DB_CLIENT_OPERATION_DURATION = METRIC_DB_CLIENT_OPERATION_DURATION;
        exports.METRIC_DOTNET_ASSEMBLY_COUNT = METRIC_DOTNET_ASSEMBLY_COUNT;
        exports.METRIC_DOTNET_EXCEPTIONS = METRIC_DOTNET_EXCEPTIONS;
        exports.METRIC_DOTNET_GC_COLLECTIONS = METRIC_DOTNET_GC_COLLECTIONS;
        exports.METRIC_DOTNET_GC_HEAP_TOTAL_ALLOCATED = METRIC_DOTNET_GC_HEAP_TOTAL_ALLOCATED;
        exports.METRIC_DOTNET_GC_LAST_COLLECTION_HEAP_FRAGMENTATION_SIZE = METRIC_DOTNET_GC_LAST_COLLECTION_HEAP_FRAGMENTATION_SIZE;
        exports.METRIC_DOTNET_GC_LAST_COLLECTION_HEAP_SIZE = METRIC_DOTNET_GC_LAST_COLLECTION_HEAP_SIZE;
        exports.METRIC_DOTNET_GC_LAST_COLLECTION_MEMORY_COMMITTED_SIZE = METRIC_DOTNET_GC_LAST_COLLECTION_MEMORY_COMMITTED_SIZE;
        exports.METRIC_DOTNET_GC_PAUSE_TIME = METRIC_DOTNET_GC_PAUSE_TIME;
        exports.METRIC_DOTNET_JIT_COMPILATION_TIME = METRIC_DOTNET_JIT_COMPILATION_TIME;
        exports.METRIC_DOTNET_JIT_COMPILED_IL_SIZE = METRIC_DOTNET_JIT_COMPILED_IL_SIZE;
        exports.METRIC_DOTNET_JIT_COMPILED_METHODS = METRIC_DOTNET_JIT_COMPILED_METHODS;
        exports.METRIC_DOTNET_MONITOR_LOCK_CONTENTIONS = METRIC_DOTNET_MONITOR_LOCK_CONTENTIONS;
        exports.METRIC_DOTNET_PROCESS_CPU_COUNT = METRIC_DOTNET_PROCESS_CPU_COUNT;
        exports.METRIC_DOTNET_PROCESS_CPU_TIME = METRIC_DOTNET_PROCESS_CPU_TIME;
        exports.METRIC_DOTNET_PROCESS_MEMORY_WORKING_SET = METRIC_DOTNET_PROCESS_MEMORY_WORKING_SET;
        exports.METRIC_DOTNET_THREAD_POOL_QUEUE_LENGTH = METRIC_DOTNET_THREAD_POOL_QUEUE_LENGTH;
        exports.METRIC_DOTNET_THREAD_POOL_THREAD_COUNT = METRIC_DOTNET_THREAD_POOL_THREAD_COUNT;
        exports.METRIC_DOTNET_THREAD_POOL_WORK_ITEM_COUNT = METRIC_DOTNET_THREAD_POOL_WORK_ITEM_COUNT;
        exports.METRIC_DOTNET_TIMER_COUNT = METRIC_DOTNET_TIMER_COUNT;
        exports.METRIC_HTTP_CLIENT_REQUEST_DURATION = METRIC_HTTP_CLIENT_REQUEST_DURATION;
        exports.METRIC_HTTP_SERVER_REQUEST_DURATION = METRIC_HTTP_SERVER_REQUEST_DURATION;
        exports.METRIC_JVM_CLASS_COUNT = METRIC_JVM_CLASS_COUNT;
        exports.METRIC_JVM_CLASS_LOADED = METRIC_JVM_CLASS_LOADED;
        exports.METRIC_JVM_CLASS_UNLOADED = METRIC_JVM_CLASS_UNLOADED;
        exports.METRIC_JVM_CPU_COUNT = METRIC_JVM_CPU_COUNT;
        exports.METRIC_JVM_CPU_RECENT_UTILIZATION = METRIC_JVM_CPU_RECENT_UTILIZATION;
        exports.METRIC_JVM_CPU_TIME = METRIC_JVM_CPU_TIME;
        exports.METRIC_JVM_GC_DURATION = METRIC_JVM_GC_DURATION;
        exports.METRIC_JVM_MEMORY_COMMITTED = METRIC_JVM_MEMORY_COMMITTED;
        exports.METRIC_JVM_MEMORY_LIMIT = METRIC_JVM_MEMORY_LIMIT;
        exports.METRIC_JVM_MEMORY_USED = METRIC_JVM_MEMORY_USED;
        exports.METRIC_JVM_MEMORY_USED_AFTER_LAST_GC = METRIC_JVM_MEMORY_USED_AFTER_LAST_GC;
        exports.METRIC_JVM_THREAD_COUNT = METRIC_JVM_THREAD_COUNT;
        exports.METRIC_KESTREL_ACTIVE_CONNECTIONS = METRIC_KESTREL_ACTIVE_CONNECTIONS;
        exports.METRIC_KESTREL_ACTIVE_TLS_HANDSHAKES = METRIC_KESTREL_ACTIVE_TLS_HANDSHAKES;
        exports.METRIC_KESTREL_CONNECTION_DURATION = METRIC_KESTREL_CONNECTION_DURATION;
        exports.METRIC_KESTREL_QUEUED_CONNECTIONS = METRIC_KESTREL_QUEUED_CONNECTIONS;
        exports.METRIC_KESTREL_QUEUED_REQUESTS = METRIC_KESTREL_QUEUED_REQUESTS;
        exports.METRIC_KESTREL_REJECTED_CONNECTIONS = METRIC_KESTREL_REJECTED_CONNECTIONS;
        exports.METRIC_KESTREL_TLS_HANDSHAKE_DURATION = METRIC_KESTREL_TLS_HANDSHAKE_DURATION;
        exports.METRIC_KESTREL_UPGRADED_CONNECTIONS = METRIC_KESTREL_UPGRADED_CONNECTIONS;
        exports.METRIC_RPC_CLIENT_CALL_DURATION = METRIC_RPC_CLIENT_CALL_DURATION;
        exports.METRIC_RPC_SERVER_CALL_DURATION = METRIC_RPC_SERVER_CALL_DURATION;
        exports.METRIC_SIGNALR_SERVER_ACTIVE_CONNECTIONS = METRIC_SIGNALR_SERVER_ACTIVE_CONNECTIONS;
        exports.METRIC_SIGNALR_SERVER_CONNECTION_DURATION = METRIC_SIGNALR_SERVER_CONNECTION_DURATION;
    }),
    34934: ((__unused_webpack_module, exports, __webpack_require__) => {
        const require_utils = __webpack_require__(86806);
        const TMP_AWS_LAMBDA_INVOKED_ARN = "aws.lambda.invoked_arn";
        const TMP_DB_SYSTEM = "db.system";
        const TMP_DB_CONNECTION_STRING = "db.connection_string";
        const TMP_DB_USER = "db.user";
        const TMP_DB_JDBC_DRIVER_CLASSNAME = "db.jdbc.driver_classname";
        const TMP_DB_NAME = "db.name";
        const TMP_DB_STATEMENT = "db.statement";
        const TMP_DB_OPERATION = "db.operation";
        const TMP_DB_MSSQL_INSTANCE_NAME = "db.mssql.instance_name";
        const TMP_DB_CASSANDRA_KEYSPACE = "db.cassandra.keyspace";
        const TMP_DB_CASSANDRA_PAGE_SIZE = "db.cassandra.page_size";
        const TMP_DB_CASSANDRA_CONSISTENCY_LEVEL = "db.cassandra.consistency_level";
        const TMP_DB_CASSANDRA_TABLE = "db.cassandra.table";
        const TMP_DB_CASSANDRA_IDEMPOTENCE = "db.cassandra.idempotence";
        const TMP_DB_CASSANDRA_SPECULATIVE_EXECUTION_COUNT = "db.cassandra.speculative_execution_count";
        const TMP_DB_CASSANDRA_COORDINATOR_ID = "db.cassandra.coordinator.id";
        const TMP_DB_CASSANDRA_COORDINATOR_DC = "db.cassandra.coordinator.dc";
        const TMP_DB_HBASE_NAMESPACE = "db.hbase.namespace";
        const TMP_DB_REDIS_DATABASE_INDEX = "db.redis.database_index";
        const TMP_DB_MONGODB_COLLECTION = "db.mongodb.collection";
        const TMP_DB_SQL_TABLE = "db.sql.table";
        const TMP_EXCEPTION_TYPE = "exception.type";
        const TMP_EXCEPTION_MESSAGE = "exception.message";
        const TMP_EXCEPTION_STACKTRACE = "exception.stacktrace";
        const TMP_EXCEPTION_ESCAPED = "exception.escaped";
        const TMP_FAAS_TRIGGER = "faas.trigger";
        const TMP_FAAS_EXECUTION = "faas.execution";
        const TMP_FAAS_DOCUMENT_COLLECTION = "faas.document.collection";
        const TMP_FAAS_DOCUMENT_OPERATION = "faas.document.operation";
        const TMP_FAAS_DOCUMENT_TIME = "faas.document.time";
        const TMP_FAAS_DOCUMENT_NAME = "faas.document.name";
        const TMP_FAAS_TIME = "faas.time";
        const TMP_FAAS_CRON = "faas.cron";
        const TMP_FAAS_COLDSTART = "faas.coldstart";
        const TMP_FAAS_INVOKED_NAME = "faas.invoked_name";
        const TMP_FAAS_INVOKED_PROVIDER = "faas.invoked_provider";
        const TMP_FAAS_INVOKED_REGION = "faas.invoked_region";
        const TMP_NET_TRANSPORT = "net.transport";
        const TMP_NET_PEER_IP = "net.peer.ip";
        const TMP_NET_PEER_PORT = "net.peer.port";
        const TMP_NET_PEER_NAME = "net.peer.name";
        const TMP_NET_HOST_IP = "net.host.ip";
        const TMP_NET_HOST_PORT = "net.host.port";
        const TMP_NET_HOST_NAME = "net.host.name";
        const TMP_NET_HOST_CONNECTION_TYPE = "net.host.connection.type";
        const TMP_NET_HOST_CONNECTION_SUBTYPE = "net.host.connection.subtype";
        const TMP_NET_HOST_CARRIER_NAME = "net.host.carrier.name";
        const TMP_NET_HOST_CARRIER_MCC = "net.host.carrier.mcc";
        const TMP_NET_HOST_CARRIER_MNC = "net.host.carrier.mnc";
        const TMP_NET_HOST_CARRIER_ICC = "net.host.carrier.icc";
        const TMP_PEER_SERVICE = "peer.service";
        const TMP_ENDUSER_ID = "enduser.id";
        const TMP_ENDUSER_ROLE = "enduser.role";
        const TMP_ENDUSER_SCOPE = "enduser.scope";
        const TMP_THREAD_ID = "thread.id";
        const TMP_THREAD_NAME = "thread.name";
        const TMP_CODE_FUNCTION = "code.function";
        const TMP_CODE_NAMESPACE = "code.namespace";
        const TMP_CODE_FILEPATH = "code.filepath";
        const TMP_CODE_LINENO = "code.lineno";
        const TMP_HTTP_METHOD = "http.method";
        const TMP_HTTP_URL = "http.url";
        const TMP_HTTP_TARGET = "http.target";
        const TMP_HTTP_HOST = "http.host";
        const TMP_HTTP_SCHEME = "http.scheme";
        const TMP_HTTP_STATUS_CODE = "http.status_code";
        const TMP_HTTP_FLAVOR = "http.flavor";
        const TMP_HTTP_USER_AGENT = "http.user_agent";
        const TMP_HTTP_REQUEST_CONTENT_LENGTH = "http.request_content_length";
        const TMP_HTTP_REQUEST_CONTENT_LENGTH_UNCOMPRESSED = "http.request_content_length_uncompressed";
        const TMP_HTTP_RESPONSE_CONTENT_LENGTH = "http.response_content_length";
        const TMP_HTTP_RESPONSE_CONTENT_LENGTH_UNCOMPRESSED = "http.response_content_length_uncompressed";
        const TMP_HTTP_SERVER_NAME = "http.server_name";
        const TMP_HTTP_ROUTE = "http.route";
        const TMP_HTTP_CLIENT_IP = "http.client_ip";
        const TMP_AWS_DYNAMODB_TABLE_NAMES = "aws.dynamodb.table_names";
        const TMP_AWS_DYNAMODB_CONSUMED_CAPACITY = "aws.dynamodb.consumed_capacity";
        const TMP_AWS_DYNAMODB_ITEM_COLLECTION_METRICS = "aws.dynamodb.item_collection_metrics";
        const TMP_AWS_DYNAMODB_PROVISIONED_READ_CAPACITY = "aws.dynamodb.provisioned_read_capacity";
        const TMP_AWS_DYNAMODB_PROVISIONED_WRITE_CAPACITY = "aws.dynamodb.provisioned_write_capacity";
        const TMP_AWS_DYNAMODB_CONSISTENT_READ = "aws.dynamodb.consistent_read";
        const TMP_AWS_DYNAMODB_PROJECTION = "aws.dynamodb.projection";
        const TMP_AWS_DYNAMODB_LIMIT = "aws.dynamodb.limit";
        const TMP_AWS_DYNAMODB_ATTRIBUTES_TO_GET = "aws.dynamodb.attributes_to_get";
        const TMP_AWS_DYNAMODB_INDEX_NAME = "aws.dynamodb.index_name";
        const TMP_AWS_DYNAMODB_SELECT = "aws.dynamodb.select";
        const TMP_AWS_DYNAMODB_GLOBAL_SECONDARY_INDEXES = "aws.dynamodb.global_secondary_indexes";
        const TMP_AWS_DYNAMODB_LOCAL_SECONDARY_INDEXES = "aws.dynamodb.local_secondary_indexes";
        const TMP_AWS_DYNAMODB_EXCLUSIVE_START_TABLE = "aws.dynamodb.exclusive_start_table";
        const TMP_AWS_DYNAMODB_TABLE_COUNT = "aws.dynamodb.table_count";
        const TMP_AWS_DYNAMODB_SCAN_FORWARD = "aws.dynamodb.scan_forward";
        const TMP_AWS_DYNAMODB_SEGMENT = "aws.dynamodb.segment";
        const TMP_AWS_DYNAMODB_TOTAL_SEGMENTS = "aws.dynamodb.total_segments";
        const TMP_AWS_DYNAMODB_COUNT = "aws.dynamodb.count";
        const TMP_AWS_DYNAMODB_SCANNED_COUNT = "aws.dynamodb.scanned_count";
        const TMP_AWS_DYNAMODB_ATTRIBUTE_DEFINITIONS = "aws.dynamodb.attribute_definitions";
        const TMP_AWS_DYNAMODB_GLOBAL_SECONDARY_INDEX_UPDATES = "aws.dynamodb.global_secondary_index_updates";
        const TMP_MESSAGING_SYSTEM = "messaging.system";
        const TMP_MESSAGING_DESTINATION = "messaging.destination";
        const TMP_MESSAGING_DESTINATION_KIND = "messaging.destination_kind";
        const TMP_MESSAGING_TEMP_DESTINATION = "messaging.temp_destination";
        const TMP_MESSAGING_PROTOCOL = "messaging.protocol";
        const TMP_MESSAGING_PROTOCOL_VERSION = "messaging.protocol_version";
        const TMP_MESSAGING_URL = "messaging.url";
        const TMP_MESSAGING_MESSAGE_ID = "messaging.message_id";
        const TMP_MESSAGING_CONVERSATION_ID = "messaging.conversation_id";
        const TMP_MESSAGING_MESSAGE_PAYLOAD_SIZE_BYTES = "messaging.message_payload_size_bytes";
        const TMP_MESSAGING_MESSAGE_PAYLOAD_COMPRESSED_SIZE_BYTES = "messaging.message_payload_compressed_size_bytes";
        const TMP_MESSAGING_OPERATION = "messaging.operation";
        const TMP_MESSAGING_CONSUMER_ID = "messaging.consumer_id";
        const TMP_MESSAGING_RABBITMQ_ROUTING_KEY = "messaging.rabbitmq.routing_key";
        const TMP_MESSAGING_KAFKA_MESSAGE_KEY = "messaging.kafka.message_key";
        const TMP_MESSAGING_KAFKA_CONSUMER_GROUP = "messaging.kafka.consumer_group";
        const TMP_MESSAGING_KAFKA_CLIENT_ID = "messaging.kafka.client_id";
        const TMP_MESSAGING_KAFKA_PARTITION = "messaging.kafka.partition";
        const TMP_MESSAGING_KAFKA_TOMBSTONE = "messaging.kafka.tombstone";
        const TMP_RPC_SYSTEM = "rpc.system";
        const TMP_RPC_SERVICE = "rpc.service";
        const TMP_RPC_METHOD = "rpc.method";
        const TMP_RPC_GRPC_STATUS_CODE = "rpc.grpc.status_code";
        const TMP_RPC_JSONRPC_VERSION = "rpc.jsonrpc.version";
        const TMP_RPC_JSONRPC_REQUEST_ID = "rpc.jsonrpc.request_id";
        const TMP_RPC_JSONRPC_ERROR_CODE = "rpc.jsonrpc.error_code";
        const TMP_RPC_JSONRPC_ERROR_MESSAGE = "rpc.jsonrpc.error_message";
        const TMP_MESSAGE_TYPE = "message.type";
        const TMP_MESSAGE_ID = "message.id";
        const TMP_MESSAGE_COMPRESSED_SIZE = "message.compressed_size";
        const TMP_MESSAGE_UNCOMPRESSED_SIZE = "message.uncompressed_size";
        const SEMATTRS_AWS_LAMBDA_INVOKED_ARN = TMP_AWS_LAMBDA_INVOKED_ARN;
        const SEMATTRS_DB_SYSTEM = TMP_DB_SYSTEM;
        const SEMATTRS_DB_CONNECTION_STRING = TMP_DB_CONNECTION_STRING;
        const SEMATTRS_DB_USER = TMP_DB_USER;
        const SEMATTRS_DB_JDBC_DRIVER_CLASSNAME = TMP_DB_JDBC_DRIVER_CLASSNAME;
        const SEMATTRS_DB_NAME = TMP_DB_NAME;
        const SEMATTRS_DB_STATEMENT = TMP_DB_STATEMENT;
        const SEMATTRS_DB_OPERATION = TMP_DB_OPERATION;
        const SEMATTRS_DB_MSSQL_INSTANCE_NAME = TMP_DB_MSSQL_INSTANCE_NAME;
        const SEMATTRS_DB_CASSANDRA_KEYSPACE = TMP_DB_CASSANDRA_KEYSPACE;
        const SEMATTRS_DB_CASSANDRA_PAGE_SIZE = TMP_DB_CASSANDRA_PAGE_SIZE;
        const SEMATTRS_DB_CASSANDRA_CONSISTENCY_LEVEL = TMP_DB_CASSANDRA_CONSISTENCY_LEVEL;
        const SEMATTRS_DB_CASSANDRA_TABLE = TMP_DB_CASSANDRA_TABLE;
        const SEMATTRS_DB_CASSANDRA_IDEMPOTENCE = TMP_DB_CASSANDRA_IDEMPOTENCE;
        const SEMATTRS_DB_CASSANDRA_SPECULATIVE_EXECUTION_COUNT = TMP_DB_CASSANDRA_SPECULATIVE_EXECUTION_COUNT;
        const SEMATTRS_DB_CASSANDRA_COORDINATOR_ID = TMP_DB_CASSANDRA_COORDINATOR_ID;
        const SEMATTRS_DB_CASSANDRA_COORDINATOR_DC = TMP_DB_CASSANDRA_COORDINATOR_DC;
        const SEMATTRS_DB_HBASE_NAMESPACE = TMP_DB_HBASE_NAMESPACE;
        const SEMATTRS_DB_REDIS_DATABASE_INDEX = TMP_DB_REDIS_DATABASE_INDEX;
        const SEMATTRS_DB_MONGODB_COLLECTION = TMP_DB_MONGODB_COLLECTION;
        const SEMATTRS_DB_SQL_TABLE = TMP_DB_SQL_TABLE;
        const SEMATTRS_EXCEPTION_TYPE = TMP_EXCEPTION_TYPE;
        const SEMATTRS_EXCEPTION_MESSAGE = TMP_EXCEPTION_MESSAGE;
        const SEMATTRS_EXCEPTION_STACKTRACE = TMP_EXCEPTION_STACKTRACE;
        const SEMATTRS_EXCEPTION_ESCAPED = TMP_EXCEPTION_ESCAPED;
        const SEMATTRS_FAAS_TRIGGER = TMP_FAAS_TRIGGER;
        const SEMATTRS_FAAS_EXECUTION = TMP_FAAS_EXECUTION;
        const SEMATTRS_FAAS_DOCUMENT_COLLECTION = TMP_FAAS_DOCUMENT_COLLECTION;
        const SEMATTRS_FAAS_DOCUMENT_OPERATION = TMP_FAAS_DOCUMENT_OPERATION;
        const SEMATTRS_FAAS_DOCUMENT_TIME = TMP_FAAS_DOCUMENT_TIME;
        const SEMATTRS_FAAS_DOCUMENT_NAME = TMP_FAAS_DOCUMENT_NAME;
        const SEMATTRS_FAAS_TIME = TMP_FAAS_TIME;
        const SEMATTRS_FAAS_CRON = TMP_FAAS_CRON;
        const SEMATTRS_FAAS_COLDSTART = TMP_FAAS_COLDSTART;
        const SEMATTRS_FAAS_INVOKED_NAME = TMP_FAAS_INVOKED_NAME;
        const SEMATTRS_FAAS_INVOKED_PROVIDER = TMP_FAAS_INVOKED_PROVIDER;
        const SEMATTRS_FAAS_INVOKED_REGION = TMP_FAAS_INVOKED_REGION;
        const SEMATTRS_NET_TRANSPORT = TMP_NET_TRANSPORT;
        const SEMATTRS_NET_PEER_IP = TMP_NET_PEER_IP;
        const SEMATTRS_NET_PEER_PORT = TMP_NET_PEER_PORT;
        const SEMATTRS_NET_PEER_NAME = TMP_NET_PEER_NAME;
        const SEMATTRS_NET_HOST_IP = TMP_NET_HOST_IP;
        const SEMATTRS_NET_HOST_PORT = TMP_NET_HOST_PORT;
        const SEMATTRS_NET_HOST_NAME = TMP_NET_HOST_NAME;
        const SEMATTRS_NET_HOST_CONNECTION_TYPE = TMP_NET_HOST_CONNECTION_TYPE;
        const SEMATTRS_NET_HOST_CONNECTION_SUBTYPE = TMP_NET_HOST_CONNECTION_SUBTYPE;
        const SEMATTRS_NET_HOST_CARRIER_NAME = TMP_NET_HOST_CARRIER_NAME;
        const SEMATTRS_NET_HOST_CARRIER_MCC = TMP_NET_HOST_CARRIER_MCC;
        const SEMATTRS_NET_HOST_CARRIER_MNC = TMP_NET_HOST_CARRIER_MNC;
        const SEMATTRS_NET_HOST_CARRIER_ICC = TMP_NET_HOST_CARRIER_ICC;
        const SEMATTRS_PEER_SERVICE = TMP_PEER_SERVICE;
        const SEMATTRS_ENDUSER_ID = TMP_ENDUSER_ID;
        const SEMATTRS_ENDUSER_ROLE = TMP_ENDUSER_ROLE;
        const SEMATTRS_ENDUSER_SCOPE = TMP_ENDUSER_SCOPE;
        const SEMATTRS_THREAD_ID = TMP_THREAD_ID;
        const SEMATTRS_THREAD_NAME = TMP_THREAD_NAME;
        const SEMATTRS_CODE_FUNCTION = TMP_CODE_FUNCTION;
        const SEMATTRS_CODE_NAMESPACE = TMP_CODE_NAMESPACE;
        const SEMATTRS_CODE_FILEPATH = TMP_CODE_FILEPATH;
        const SEMATTRS_CODE_LINENO = TMP_CODE_LINENO;
        const SEMATTRS_HTTP_METHOD = TMP_HTTP_METHOD;
        const SEMATTRS_HTTP_URL = TMP_HTTP_URL;
        const SEMATTRS_HTTP_TARGET = TMP_HTTP_TARGET;
        const SEMATTRS_HTTP_HOST = TMP_HTTP_HOST;
        const SEMATTRS_HTTP_SCHEME = TMP_HTTP_SCHEME;
        const SEMATTRS_HTTP_STATUS_CODE = TMP_HTTP_STATUS_CODE;
        const SEMATTRS_HTTP_FLAVOR = TMP_HTTP_FLAVOR;
        const SEMATTRS_HTTP_USER_AGENT = TMP_HTTP_USER_AGENT;
        const SEMATTRS_HTTP_REQUEST_CONTENT_LENGTH = TMP_HTTP_REQUEST_CONTENT_LENGTH;
        const SEMATTRS_HTTP_REQUEST_CONTENT_LENGTH_UNCOMPRESSED = TMP_HTTP_REQUEST_CONTENT_LENGTH_UNCOMPRESSED;
        const SEMATTRS_HTTP_RESPONSE_CONTENT_LENGTH = TMP_HTTP_RESPONSE_CONTENT_LENGTH;
        const SEMATTRS_HTTP_RESPONSE_CONTENT_LENGTH_UNCOMPRESSED = TMP_HTTP_RESPONSE_CONTENT_LENGTH_UNCOMPRESSED;
        const SEMATTRS_HTTP_SERVER_NAME = TMP_HTTP_SERVER_NAME;
        const SEMATTRS_HTTP_ROUTE = TMP_HTTP_ROUTE;
        const SEMATTRS_HTTP_CLIENT_IP = TMP_HTTP_CLIENT_IP;
        const SEMATTRS_AWS_DYNAMODB_TABLE_NAMES = TMP_AWS_DYNAMODB_TABLE_NAMES;
        const SEMATTRS_AWS_DYNAMODB_CONSUMED_CAPACITY = TMP_AWS_DYNAMODB_CONSUMED_CAPACITY;
        const SEMATTRS_AWS_DYNAMODB_ITEM_COLLECTION_METRICS = TMP_AWS_DYNAMODB_ITEM_COLLECTION_METRICS;
        const SEMATTRS_AWS_DYNAMODB_PROVISIONED_READ_CAPACITY = TMP_AWS_DYNAMODB_PROVISIONED_READ_CAPACITY;
        const SEMATTRS_AWS_DYNAMODB_PROVISIONED_WRITE_CAPACITY = TMP_AWS_DYNAMODB_PROVISIONED_WRITE_CAPACITY;
        const SEMATTRS_AWS_DYNAMODB_CONSISTENT_READ = TMP_AWS_DYNAMODB_CONSISTENT_READ;
        const SEMATTRS_AWS_DYNAMODB_PROJECTION = TMP_AWS_DYNAMODB_PROJECTION;
        const SEMATTRS_AWS_DYNAMODB_LIMIT = TMP_AWS_DYNAMODB_LIMIT;
        const SEMATTRS_AWS_DYNAMODB_ATTRIBUTES_TO_GET = TMP_AWS_DYNAMODB_ATTRIBUTES_TO_GET;
        const SEMATTRS_AWS_DYNAMODB_INDEX_NAME = TMP_AWS_DYNAMODB_INDEX_NAME;
        const SEMATTRS_AWS_DYNAMODB_SELECT = TMP_AWS_DYNAMODB_SELECT;
        const SEMATTRS_AWS_DYNAMODB_GLOBAL_SECONDARY_INDEXES = TMP_AWS_DYNAMODB_GLOBAL_SECONDARY_INDEXES;
        const SEMATTRS_AWS_DYNAMODB_LOCAL_SECONDARY_INDEXES = TMP_AWS_DYNAMODB_LOCAL_SECONDARY_INDEXES;
        const SEMATTRS_AWS_DYNAMODB_EXCLUSIVE_START_TABLE = TMP_AWS_DYNAMODB_EXCLUSIVE_START_TABLE;
        const SEMATTRS_AWS_DYNAMODB_TABLE_COUNT = TMP_AWS_DYNAMODB_TABLE_COUNT;
        const SEMATTRS_AWS_DYNAMODB_SCAN_FORWARD = TMP_AWS_DYNAMODB_SCAN_FORWARD;
        const SEMATTRS_AWS_DYNAMODB_SEGMENT = TMP_AWS_DYNAMODB_SEGMENT;
        const SEMATTRS_AWS_DYNAMODB_TOTAL_SEGMENTS = TMP_AWS_DYNAMODB_TOTAL_SEGMENTS;
        const SEMATTRS_AWS_DYNAMODB_COUNT = TMP_AWS_DYNAMODB_COUNT;
        const SEMATTRS_AWS_DYNAMODB_SCANNED_COUNT = TMP_AWS_DYNAMODB_SCANNED_COUNT;
        const SEMATTRS_AWS_DYNAMODB_ATTRIBUTE_DEFINITIONS = TMP_AWS_DYNAMODB_ATTRIBUTE_DEFINITIONS;
        const SEMATTRS_AWS_DYNAMODB_GLOBAL_SECONDARY_INDEX_UPDATES = TMP_AWS_DYNAMODB_GLOBAL_SECONDARY_INDEX_UPDATES;
        const SEMATTRS_MESSAGING_SYSTEM = TMP_MESSAGING_SYSTEM;
        const SEMATTRS_MESSAGING_DESTINATION = TMP_MESSAGING_DESTINATION;
        const SEMATTRS_MESSAGING_DESTINATION_KIND = TMP_MESSAGING_DESTINATION_KIND;
        const SEMATTRS_MESSAGING_TEMP_DESTINATION = TMP_MESSAGING_TEMP_DESTINATION;
        const SEMATTRS_MESSAGING_PROTOCOL = TMP_MESSAGING_PROTOCOL;
        const SEMATTRS_MESSAGING_PROTOCOL_VERSION = TMP_MESSAGING_PROTOCOL_VERSION;
        const SEMATTRS_MESSAGING_URL = TMP_MESSAGING_URL;
        const SEMATTRS_MESSAGING_MESSAGE_ID = TMP_MESSAGING_MESSAGE_ID;
        const SEMATTRS_MESSAGING_CONVERSATION_ID = TMP_MESSAGING_CONVERSATION_ID;
        const SEMATTRS_MESSAGING_MESSAGE_PAYLOAD_SIZE_BYTES = TMP_MESSAGING_MESSAGE_PAYLOAD_SIZE_BYTES;
        const SEMATTRS_MESSAGING_MESSAGE_PAYLOAD_COMPRESSED_SIZE_BYTES = TMP_MESSAGING_MESSAGE_PAYLOAD_COMPRESSED_SIZE_BYTES;
        const SEMATTRS_MESSAGING_OPERATION = TMP_MESSAGING_OPERATION;
        const SEMATTRS_MESSAGING_CONSUMER_ID = TMP_MESSAGING_CONSUMER_ID;
        const SEMATTRS_MESSAGING_RABBITMQ_ROUTING_KEY = TMP_MESSAGING_RABBITMQ_ROUTING_KEY;
        const SEMATTRS_MESSAGING_KAFKA_MESSAGE_KEY = TMP_MESSAGING_KAFKA_MESSAGE_KEY;
        const SEMATTRS_MESSAGING_KAFKA_CONSUMER_GROUP = TMP_MESSAGING_KAFKA_CONSUMER_GROUP;
        const SEMATTRS_MESSAGING_KAFKA_CLIENT_ID = TMP_MESSAGING_KAFKA_CLIENT_ID;
        const SEMATTRS_MESSAGING_KAFKA_PARTITION = TMP_MESSAGING_KAFKA_PARTITION;
        const SEMATTRS_MESSAGING_KAFKA_TOMBSTONE = TMP_MESSAGING_KAFKA_TOMBSTONE;
        const SEMATTRS_RPC_SYSTEM = TMP_RPC_SYSTEM;
        const SEMATTRS_RPC_SERVICE = TMP_RPC_SERVICE;
        const SEMATTRS_RPC_METHOD = TMP_RPC_METHOD;
        const SEMATTRS_RPC_GRPC_STATUS_CODE = TMP_RPC_GRPC_STATUS_CODE;
        const SEMATTRS_RPC_JSONRPC_VERSION = TMP_RPC_JSONRPC_VERSION;
        const SEMATTRS_RPC_JSONRPC_REQUEST_ID = TMP_RPC_JSONRPC_REQUEST_ID;
        const SEMATTRS_RPC_JSONRPC_ERROR_CODE = TMP_RPC_JSONRPC_ERROR_CODE;
        const SEMATTRS_RPC_JSONRPC_ERROR_MESSAGE = TMP_RPC_JSONRPC_ERROR_MESSAGE;
        const SEMATTRS_MESSAGE_TYPE = TMP_MESSAGE_TYPE;
        const SEMATTRS_MESSAGE_ID = TMP_MESSAGE_ID;
        const SEMATTRS_MESSAGE_COMPRESSED_SIZE = TMP_MESSAGE_COMPRESSED_SIZE;
        const SEMATTRS_MESSAGE_UNCOMPRESSED_SIZE = TMP_MESSAGE_UNCOMPRESSED_SIZE;
        const SemanticAttributes = require_utils.createConstMap([
            TMP_AWS_LAMBDA_INVOKED_ARN,
            TMP_DB_SYSTEM,
            TMP_DB_CONNECTION_STRING,
            TMP_DB_USER,
            TMP_DB_JDBC_DRIVER_CLASSNAME,
            TMP_DB_NAME,
            TMP_DB_STATEMENT,
            TMP_DB_OPERATION,
            TMP_DB_MSSQL_INSTANCE_NAME,
            TMP_DB_CASSANDRA_KEYSPACE,
            TMP_DB_CASSANDRA_PAGE_SIZE,
            TMP_DB_CASSANDRA_CONSISTENCY_LEVEL,
            TMP_DB_CASSANDRA_TABLE,
            TMP_DB_CASSANDRA_IDEMPOTENCE,
            TMP_DB_CASSANDRA_SPECULATIVE_EXECUTION_COUNT,
            TMP_DB_CASSANDRA_COORDINATOR_ID,
            TMP_DB_CASSANDRA_COORDINATOR_DC,
            TMP_DB_HBASE_NAMESPACE,
            TMP_DB_REDIS_DATABASE_INDEX,
            TMP_DB_MONGODB_COLLECTION,
            TMP_DB_SQL_TABLE,
            TMP_EXCEPTION_TYPE,
            TMP_EXCEPTION_MESSAGE,
            TMP_EXCEPTION_STACKTRACE,
            TMP_EXCEPTION_ESCAPED,
            TMP_FAAS_TRIGGER,
            TMP_FAAS_EXECUTION,
            TMP_FAAS_DOCUMENT_COLLECTION,
            TMP_FAAS_DOCUMENT_OPERATION,
            TMP_FAAS_DOCUMENT_TIME,
            TMP_FAAS_DOCUMENT_NAME,
            TMP_FAAS_TIME,
            TMP_FAAS_CRON,
            TMP_FAAS_COLDSTART,
            TMP_FAAS_INVOKED_NAME,
            TMP_FAAS_INVOKED_PROVIDER,
            TMP_FAAS_INVOKED_REGION,
            TMP_NET_TRANSPORT,
            TMP_NET_PEER_IP,
            TMP_NET_PEER_PORT,
            TMP_NET_PEER_NAME,
            TMP_NET_HOST_IP,
            TMP_NET_HOST_PORT,
            TMP_NET_HOST_NAME,
            TMP_NET_HOST_CONNECTION_TYPE,
            TMP_NET_HOST_CONNECTION_SUBTYPE,
            TMP_NET_HOST_CARRIER_NAME,
            TMP_NET_HOST_CARRIER_MCC,
            TMP_NET_HOST_CARRIER_MNC,
            TMP_NET_HOST_CARRIER_ICC,
            TMP_PEER_SERVICE,
            TMP_ENDUSER_ID,
            TMP_ENDUSER_ROLE,
            TMP_ENDUSER_SCOPE,
            TMP_THREAD_ID,
            TMP_THREAD_NAME,
            TMP_CODE_FUNCTION,
            TMP_CODE_NAMESPACE,
            TMP_CODE_FILEPATH,
            TMP_CODE_LINENO,
            TMP_HTTP_METHOD,
            TMP_HTTP_URL,
            TMP_HTTP_TARGET,
            TMP_HTTP_HOST,
            TMP_HTTP_SCHEME,
            TMP_HTTP_STATUS_CODE,
            TMP_HTTP_FLAVOR,
            TMP_HTTP_USER_AGENT,
            TMP_HTTP_REQUEST_CONTENT_LENGTH,
            TMP_HTTP_REQUEST_CONTENT_LENGTH_UNCOMPRESSED,
            TMP_HTTP_RESPONSE_CONTENT_LENGTH,
            TMP_HTTP_RESPONSE_CONTENT_LENGTH_UNCOMPRESSED,
            TMP_HTTP_SERVER_NAME,
            TMP_HTTP_ROUTE,
            TMP_HTTP_CLIENT_IP,
            TMP_AWS_DYNAMODB_TABLE_NAMES,
            TMP_AWS_DYNAMODB_CONSUMED_CAPACITY,
            TMP_AWS_DYNAMODB_ITEM_COLLECTION_METRICS,
            TMP_AWS_DYNAMODB_PROVISIONED_READ_CAPACITY,
            TMP_AWS_DYNAMODB_PROVISIONED_WRITE_CAPACITY,
            TMP_AWS_DYNAMODB_CONSISTENT_READ,
            TMP_AWS_DYNAMODB_PROJECTION,
            TMP_AWS_DYNAMODB_LIMIT,
            TMP_AWS_DYNAMODB_ATTRIBUTES_TO_GET,
            TMP_AWS_DYNAMODB_INDEX_NAME,
            TMP_AWS_DYNAMODB_SELECT,
            TMP_AWS_DYNAMODB_GLOBAL_SECONDARY_INDEXES,
            TMP_AWS_DYNAMODB_LOCAL_SECONDARY_INDEXES,
            TMP_AWS_DYNAMODB_EXCLUSIVE_START_TABLE,
            TMP_AWS_DYNAMODB_TABLE_COUNT,
            TMP_AWS_DYNAMODB_SCAN_FORWARD,
            TMP_AWS_DYNAMODB_SEGMENT,
            TMP_AWS_DYNAMODB_TOTAL_SEGMENTS,
            TMP_AWS_DYNAMODB_COUNT,
            TMP_AWS_DYNAMODB_SCANNED_COUNT,
            TMP_AWS_DYNAMODB_ATTRIBUTE_DEFINITIONS,
            TMP_AWS_DYNAMODB_GLOBAL_SECONDARY_INDEX_UPDATES,
            TMP_MESSAGING_SYSTEM,
            TMP_MESSAGING_DESTINATION,
            TMP_MESSAGING_DESTINATION_KIND,
            TMP_MESSAGING_TEMP_DESTINATION,
            TMP_MESSAGING_PROTOCOL,
            TMP_MESSAGING_PROTOCOL_VERSION,
            TMP_MESSAGING_URL,
            TMP_MESSAGING_MESSAGE_ID,
            TMP_MESSAGING_CONVERSATION_ID,
            TMP_MESSAGING_MESSAGE_PAYLOAD_SIZE_BYTES,
            TMP_MESSAGING_MESSAGE_PAYLOAD_COMPRESSED_SIZE_BYTES,
            TMP_MESSAGING_OPERATION,
            TMP_MESSAGING_CONSUMER_ID,
            TMP_MESSAGING_RABBITMQ_ROUTING_KEY,
            TMP_MESSAGING_KAFKA_MESSAGE_KEY,
            TMP_MESSAGING_KAFKA_CONSUMER_GROUP,
            TMP_MESSAGING_KAFKA_CLIENT_ID,
            TMP_MESSAGING_KAFKA_PARTITION,
            TMP_MESSAGING_KAFKA_TOMBSTONE,
            TMP_RPC_SYSTEM,
            TMP_RPC_SERVICE,
            TMP_RPC_METHOD,
            TMP_RPC_GRPC_STATUS_CODE,
            TMP_RPC_JSONRPC_VERSION,
            TMP_RPC_JSONRPC_REQUEST_ID,
            TMP_RPC_JSONRPC_ERROR_CODE,
            TMP_RPC_JSONRPC_ERROR_MESSAGE,
            TMP_MESSAGE_TYPE,
            TMP_MESSAGE_ID,
            TMP_MESSAGE_COMPRESSED_SIZE,
            TMP_MESSAGE_UNCOMPRESSED_SIZE
        ]);
        const TMP_DBSYSTEMVALUES_OTHER_SQL = "other_sql";
        const TMP_DBSYSTEMVALUES_MSSQL = "mssql";
        const TMP_DBSYSTEMVALUES_MYSQL = "mysql";
        const TMP_DBSYSTEMVALUES_ORACLE = "oracle";
        const TMP_DBSYSTEMVALUES_DB2 = "db2";
        const TMP_DBSYSTEMVALUES_POSTGRESQL = "postgresql";
        const TMP_DBSYSTEMVALUES_REDSHIFT = "redshift";
        const TMP_DBSYSTEMVALUES_HIVE = "hive";
        const TMP_DBSYSTEMVALUES_CLOUDSCAPE = "cloudscape";
        const TMP_DBSYSTEMVALUES_HSQLDB = "hsqldb";
        const TMP_DBSYSTEMVALUES_PROGRESS = "progress";
        const TMP_DBSYSTEMVALUES_MAXDB = "maxdb";
        const TMP_DBSYSTEMVALUES_HANADB = "hanadb";
        const TMP_DBSYSTEMVALUES_INGRES = "ingres";
        const TMP_DBSYSTEMVALUES_FIRSTSQL = "firstsql";
        const TMP_DBSYSTEMVALUES_EDB = "edb";
        const TMP_DBSYSTEMVALUES_CACHE = "cache";
        const TMP_DBSYSTEMVALUES_ADABAS = "adabas";
        const TMP_DBSYSTEMVALUES_FIREBIRD = "firebird";
        const TMP_DBSYSTEMVALUES_DERBY = "derby";
        const TMP_DBSYSTEMVALUES_FILEMAKER = "filemaker";
        const TMP_DBSYSTEMVALUES_INFORMIX = "informix";
        const TMP_DBSYSTEMVALUES_INSTANTDB = "instantdb";
        const TMP_DBSYSTEMVALUES_INTERBASE = "interbase";
        const TMP_DBSYSTEMVALUES_MARIADB = "mariadb";
        const TMP_DBSYSTEMVALUES_NETEZZA = "netezza";
        const TMP_DBSYSTEMVALUES_PERVASIVE = "pervasive";
        const TMP_DBSYSTEMVALUES_POINTBASE = "pointbase";
        const TMP_DBSYSTEMVALUES_SQLITE = "sqlite";
        const TMP_DBSYSTEMVALUES_SYBASE = "sybase";
        const TMP_DBSYSTEMVALUES_TERADATA = "teradata";
        const TMP_DBSYSTEMVALUES_VERTICA = "vertica";
        const TMP_DBSYSTEMVALUES_H2 = "h2";
        const TMP_DBSYSTEMVALUES_COLDFUSION = "coldfusion";
        const TMP_DBSYSTEMVALUES_CASSANDRA = "cassandra";
        const TMP_DBSYSTEMVALUES_HBASE = "hbase";
        const TMP_DBSYSTEMVALUES_MONGODB = "mongodb";
        const TMP_DBSYSTEMVALUES_REDIS = "redis";
        const TMP_DBSYSTEMVALUES_COUCHBASE = "couchbase";
        const TMP_DBSYSTEMVALUES_COUCHDB = "couchdb";
        const TMP_DBSYSTEMVALUES_COSMOSDB = "cosmosdb";
        const TMP_DBSYSTEMVALUES_DYNAMODB = "dynamodb";
        const TMP_DBSYSTEMVALUES_NEO4J = "neo4j";
        const TMP_DBSYSTEMVALUES_GEODE = "geode";
        const TMP_DBSYSTEMVALUES_ELASTICSEARCH = "elasticsearch";
        const TMP_DBSYSTEMVALUES_MEMCACHED = "memcached";
        const TMP_DBSYSTEMVALUES_COCKROACHDB = "cockroachdb";
        const DBSYSTEMVALUES_OTHER_SQL = TMP_DBSYSTEMVALUES_OTHER_SQL;
        const DBSYSTEMVALUES_MSSQL = TMP_DBSYSTEMVALUES_MSSQL;
        const DBSYSTEMVALUES_MYSQL = TMP_DBSYSTEMVALUES_MYSQL;
        const DBSYSTEMVALUES_ORACLE = TMP_DBSYSTEMVALUES_ORACLE;
        const DBSYSTEMVALUES_DB2 = TMP_DBSYSTEMVALUES_DB2;
        const DBSYSTEMVALUES_POSTGRESQL = TMP_DBSYSTEMVALUES_POSTGRESQL;
        const DBSYSTEMVALUES_REDSHIFT = TMP_DBSYSTEMVALUES_REDSHIFT;
        const DBSYSTEMVALUES_HIVE = TMP_DBSYSTEMVALUES_HIVE;
        const DBSYSTEMVALUES_CLOUDSCAPE = TMP_DBSYSTEMVALUES_CLOUDSCAPE;
        const DBSYSTEMVALUES_HSQLDB = TMP_DBSYSTEMVALUES_HSQLDB;
        const DBSYSTEMVALUES_PROGRESS = TMP_DBSYSTEMVALUES_PROGRESS;
        const DBSYSTEMVALUES_MAXDB = TMP_DBSYSTEMVALUES_MAXDB;
        const DBSYSTEMVALUES_HANADB = TMP_DBSYSTEMVALUES_HANADB;
        const DBSYSTEMVALUES_INGRES = TMP_DBSYSTEMVALUES_INGRES;
        const DBSYSTEMVALUES_FIRSTSQL = TMP_DBSYSTEMVALUES_FIRSTSQL;
        const DBSYSTEMVALUES_EDB = TMP_DBSYSTEMVALUES_EDB;
        const DBSYSTEMVALUES_CACHE = TMP_DBSYSTEMVALUES_CACHE;
        const DBSYSTEMVALUES_ADABAS = TMP_DBSYSTEMVALUES_ADABAS;
        const DBSYSTEMVALUES_FIREBIRD = TMP_DBSYSTEMVALUES_FIREBIRD;
        const DBSYSTEMVALUES_DERBY = TMP_DBSYSTEMVALUES_DERBY;
        const DBSYSTEMVALUES_FILEMAKER = TMP_DBSYSTEMVALUES_FILEMAKER;
        const DBSYSTEMVALUES_INFORMIX = TMP_DBSYSTEMVALUES_INFORMIX;
        const DBSYSTEMVALUES_INSTANTDB = TMP_DBSYSTEMVALUES_INSTANTDB;
        const DBSYSTEMVALUES_INTERBASE = TMP_DBSYSTEMVALUES_INTERBASE;
        const DBSYSTEMVALUES_MARIADB = TMP_DBSYSTEMVALUES_MARIADB;
        const DBSYSTEMVALUES_NETEZZA = TMP_DBSYSTEMVALUES_NETEZZA;
        const DBSYSTEMVALUES_PERVASIVE = TMP_DBSYSTEMVALUES_PERVASIVE;
        const DBSYSTEMVALUES_POINTBASE = TMP_DBSYSTEMVALUES_POINTBASE;
        const DBSYSTEMVALUES_SQLITE = TMP_DBSYSTEMVALUES_SQLITE;
        const DBSYSTEMVALUES_SYBASE = TMP_DBSYSTEMVALUES_SYBASE;
        const DBSYSTEMVALUES_TERADATA = TMP_DBSYSTEMVALUES_TERADATA;
        const DBSYSTEMVALUES_VERTICA = TMP_DBSYSTEMVALUES_VERTICA;
        const DBSYSTEMVALUES_H2 = TMP_DBSYSTEMVALUES_H2;
        const DBSYSTEMVALUES_COLDFUSION = TMP_DBSYSTEMVALUES_COLDFUSION;
        const DBSYSTEMVALUES_CASSANDRA = TMP_DBSYSTEMVALUES_CASSANDRA;
        const DBSYSTEMVALUES_HBASE = TMP_DBSYSTEMVALUES_HBASE;
        const DBSYSTEMVALUES_MONGODB = TMP_DBSYSTEMVALUES_MONGODB;
        const DBSYSTEMVALUES_REDIS = TMP_DBSYSTEMVALUES_REDIS;
        const DBSYSTEMVALUES_COUCHBASE = TMP_DBSYSTEMVALUES_COUCHBASE;
        const DBSYSTEMVALUES_COUCHDB = TMP_DBSYSTEMVALUES_COUCHDB;
        const DBSYSTEMVALUES_COSMOSDB = TMP_DBSYSTEMVALUES_COSMOSDB;
        const DBSYSTEMVALUES_DYNAMODB = TMP_DBSYSTEMVALUES_DYNAMODB;
        const DBSYSTEMVALUES_NEO4J = TMP_DBSYSTEMVALUES_NEO4J;
        const DBSYSTEMVALUES_GEODE = TMP_DBSYSTEMVALUES_GEODE;
        const DBSYSTEMVALUES_ELASTICSEARCH = TMP_DBSYSTEMVALUES_ELASTICSEARCH;
        const DBSYSTEMVALUES_MEMCACHED = TMP_DBSYSTEMVALUES_MEMCACHED;
        const DBSYSTEMVALUES_COCKROACHDB = TMP_DBSYSTEMVALUES_COCKROACHDB;
        const DbSystemValues = require_utils.createConstMap([
            TMP_DBSYSTEMVALUES_OTHER_SQL,
            TMP_DBSYSTEMVALUES_MSSQL,
            TMP_DBSYSTEMVALUES_MYSQL,
            TMP_DBSYSTEMVALUES_ORACLE,
            TMP_DBSYSTEMVALUES_DB2,
            TMP_DBSYSTEMVALUES_POSTGRESQL,
            TMP_DBSYSTEMVALUES_REDSHIFT,
            TMP_DBSYSTEMVALUES_HIVE,
            TMP_DBSYSTEMVALUES_CLOUDSCAPE,
            TMP_DBSYSTEMVALUES_HSQLDB,
            TMP_DBSYSTEMVALUES_PROGRESS,
            TMP_DBSYSTEMVALUES_MAXDB,
            TMP_DBSYSTEMVALUES_HANADB,
            TMP_DBSYSTEMVALUES_INGRES,
            TMP_DBSYSTEMVALUES_FIRSTSQL,
            TMP_DBSYSTEMVALUES_EDB,
            TMP_DBSYSTEMVALUES_CACHE,
            TMP_DBSYSTEMVALUES_ADABAS,
            TMP_DBSYSTEMVALUES_FIREBIRD,
            TMP_DBSYSTEMVALUES_DERBY,
            TMP_DBSYSTEMVALUES_FILEMAKER,
            TMP_DBSYSTEMVALUES_INFORMIX,
            TMP_DBSYSTEMVALUES_INSTANTDB,
            TMP_DBSYSTEMVALUES_INTERBASE,
            TMP_DBSYSTEMVALUES_MARIADB,
            TMP_DBSYSTEMVALUES_NETEZZA,
            TMP_DBSYSTEMVALUES_PERVASIVE,
            TMP_DBSYSTEMVALUES_POINTBASE,
            TMP_DBSYSTEMVALUES_SQLITE,
            TMP_DBSYSTEMVALUES_SYBASE,
            TMP_DBSYSTEMVALUES_TERADATA,
            TMP_DBSYSTEMVALUES_VERTICA,
            TMP_DBSYSTEMVALUES_H2,
            TMP_DBSYSTEMVALUES_COLDFUSION,
            TMP_DBSYSTEMVALUES_CASSANDRA,
            TMP_DBSYSTEMVALUES_HBASE,
            TMP_DBSYSTEMVALUES_MONGODB,
            TMP_DBSYSTEMVALUES_REDIS,
            TMP_DBSYSTEMVALUES_COUCHBASE,
            TMP_DBSYSTEMVALUES_COUCHDB,
            TMP_DBSYSTEMVALUES_COSMOSDB,
            TMP_DBSYSTEMVALUES_DYNAMODB,
            TMP_DBSYSTEMVALUES_NEO4J,
            TMP_DBSYSTEMVALUES_GEODE,
            TMP_DBSYSTEMVALUES_ELASTICSEARCH,
            TMP_DBSYSTEMVALUES_MEMCACHED,
            TMP_DBSYSTEMVALUES_COCKROACHDB
        ]);
        const TMP_DBCASSANDRACONSISTENCYLEVELVALUES_ALL = "all";
        const TMP_DBCASSANDRACONSISTENCYLEVELVALUES_EACH_QUORUM = "each_quorum";
        const TMP_DBCASSANDRACONSISTENCYLEVELVALUES_QUORUM = "quorum";
        const TMP_DBCASSANDRACONSISTENCYLEVELVALUES_LOCAL_QUORUM = "local_quorum";
        const TMP_DBCASSANDRACONSISTENCYLEVELVALUES_ONE = "one";
        const TMP_DBCASSANDRACONSISTENCYLEVELVALUES_TWO = "two";
        const TMP_DBCASSANDRACONSISTENCYLEVELVALUES_THREE = "three";
        const TMP_DBCASSANDRACONSISTENCYLEVELVALUES_LOCAL_ONE = "local_one";
        const TMP_DBCASSANDRACONSISTENCYLEVELVALUES_ANY = "any";
        const TMP_DBCASSANDRACONSISTENCYLEVELVALUES_SERIAL = "serial";
        const TMP_DBCASSANDRACONSISTENCYLEVELVALUES_LOCAL_SERIAL = "local_serial";
        const DBCASSANDRACONSISTENCYLEVELVALUES_ALL = TMP_DBCASSANDRACONSISTENCYLEVELVALUES_ALL;
        const DBCASSANDRACONSISTENCYLEVELVALUES_EACH_QUORUM = TMP_DBCASSANDRACONSISTENCYLEVELVALUES_EACH_QUORUM;
        const DBCASSANDRACONSISTENCYLEVELVALUES_QUORUM = TMP_DBCASSANDRACONSISTENCYLEVELVALUES_QUORUM;
        const DBCASSANDRACONSISTENCYLEVELVALUES_LOCAL_QUORUM = TMP_DBCASSANDRACONSISTENCYLEVELVALUES_LOCAL_QUORUM;
        const DBCASSANDRACONSISTENCYLEVELVALUES_ONE = TMP_DBCASSANDRACONSISTENCYLEVELVALUES_ONE;
        const DBCASSANDRACONSISTENCYLEVELVALUES_TWO = TMP_DBCASSANDRACONSISTENCYLEVELVALUES_TWO;
        const DBCASSANDRACONSISTENCYLEVELVALUES_THREE = TMP_DBCASSANDRACONSISTENCYLEVELVALUES_THREE;
        const DBCASSANDRACONSISTENCYLEVELVALUES_LOCAL_ONE = TMP_DBCASSANDRACONSISTENCYLEVELVALUES_LOCAL_ONE;
        const DBCASSANDRACONSISTENCYLEVELVALUES_ANY = TMP_DBCASSANDRACONSISTENCYLEVELVALUES_ANY;
        const DBCASSANDRACONSISTENCYLEVELVALUES_SERIAL = TMP_DBCASSANDRACONSISTENCYLEVELVALUES_SERIAL;
        const DBCASSANDRACONSISTENCYLEVELVALUES_LOCAL_SERIAL = TMP_DBCASSANDRACONSISTENCYLEVELVALUES_LOCAL_SERIAL;
        const DbCassandraConsistencyLevelValues = require_utils.createConstMap([
            TMP_DBCASSANDRACONSISTENCYLEVELVALUES_ALL,
            TMP_DBCASSANDRACONSISTENCYLEVELVALUES_EACH_QUORUM,
            TMP_DBCASSANDRACONSISTENCYLEVELVALUES_QUORUM,
            TMP_DBCASSANDRACONSISTENCYLEVELVALUES_LOCAL_QUORUM,
            TMP_DBCASSANDRACONSISTENCYLEVELVALUES_ONE,
            TMP_DBCASSANDRACONSISTENCYLEVELVALUES_TWO,
            TMP_DBCASSANDRACONSISTENCYLEVELVALUES_THREE,
            TMP_DBCASSANDRACONSISTENCYLEVELVALUES_LOCAL_ONE,
            TMP_DBCASSANDRACONSISTENCYLEVELVALUES_ANY,
            TMP_DBCASSANDRACONSISTENCYLEVELVALUES_SERIAL,
            TMP_DBCASSANDRACONSISTENCYLEVELVALUES_LOCAL_SERIAL
        ]);
        const TMP_FAASTRIGGERVALUES_DATASOURCE = "datasource";
        const TMP_FAASTRIGGERVALUES_HTTP = "http";
        const TMP_FAASTRIGGERVALUES_PUBSUB = "pubsub";
        const TMP_FAASTRIGGERVALUES_TIMER = "timer";
        const TMP_FAASTRIGGERVALUES_OTHER = "other";
        const FAASTRIGGERVALUES_DATASOURCE = TMP_FAASTRIGGERVALUES_DATASOURCE;
        const FAASTRIGGERVALUES_HTTP = TMP_FAASTRIGGERVALUES_HTTP;
        const FAASTRIGGERVALUES_PUBSUB = TMP_FAASTRIGGERVALUES_PUBSUB;
        const FAASTRIGGERVALUES_TIMER = TMP_FAASTRIGGERVALUES_TIMER;
        const FAASTRIGGERVALUES_OTHER = TMP_FAASTRIGGERVALUES_OTHER;
        const FaasTriggerValues = require_utils.createConstMap([
            TMP_FAASTRIGGERVALUES_DATASOURCE,
            TMP_FAASTRIGGERVALUES_HTTP,
            TMP_FAASTRIGGERVALUES_PUBSUB,
            TMP_FAASTRIGGERVALUES_TIMER,
            TMP_FAASTRIGGERVALUES_OTHER
        ]);
        const TMP_FAASDOCUMENTOPERATIONVALUES_INSERT = "insert";
        const TMP_FAASDOCUMENTOPERATIONVALUES_EDIT = "edit";
        const TMP_FAASDOCUMENTOPERATIONVALUES_DELETE = "delete";
        const FAASDOCUMENTOPERATIONVALUES_INSERT = TMP_FAASDOCUMENTOPERATIONVALUES_INSERT;
        const FAASDOCUMENTOPERATIONVALUES_EDIT = TMP_FAASDOCUMENTOPERATIONVALUES_EDIT;
        const FAASDOCUMENTOPERATIONVALUES_DELETE = TMP_FAASDOCUMENTOPERATIONVALUES_DELETE;
        const FaasDocumentOperationValues = require_utils.createConstMap([
            TMP_FAASDOCUMENTOPERATIONVALUES_INSERT,
            TMP_FAASDOCUMENTOPERATIONVALUES_EDIT,
            TMP_FAASDOCUMENTOPERATIONVALUES_DELETE
        ]);
        const TMP_FAASINVOKEDPROVIDERVALUES_ALIBABA_CLOUD = "alibaba_cloud";
        const TMP_FAASINVOKEDPROVIDERVALUES_AWS = "aws";
        const TMP_FAASINVOKEDPROVIDERVALUES_AZURE = "azure";
        const TMP_FAASINVOKEDPROVIDERVALUES_GCP = "gcp";
        const FAASINVOKEDPROVIDERVALUES_ALIBABA_CLOUD = TMP_FAASINVOKEDPROVIDERVALUES_ALIBABA_CLOUD;
        const FAASINVOKEDPROVIDERVALUES_AWS = TMP_FAASINVOKEDPROVIDERVALUES_AWS;
        const FAASINVOKEDPROVIDERVALUES_AZURE = TMP_FAASINVOKEDPROVIDERVALUES_AZURE;
        const FAASINVOKEDPROVIDERVALUES_GCP = TMP_FAASINVOKEDPROVIDERVALUES_GCP;
        const FaasInvokedProviderValues = require_utils.createConstMap([
            TMP_FAASINVOKEDPROVIDERVALUES_ALIBABA_CLOUD,
            TMP_FAASINVOKEDPROVIDERVALUES_AWS,
            TMP_FAASINVOKEDPROVIDERVALUES_AZURE,
            TMP_FAASINVOKEDPROVIDERVALUES_GCP
        ]);
        const TMP_NETTRANSPORTVALUES_IP_TCP = "ip_tcp";
        const TMP_NETTRANSPORTVALUES_IP_UDP = "ip_udp";
        const TMP_NETTRANSPORTVALUES_IP = "ip";
        const TMP_NETTRANSPORTVALUES_UNIX = "unix";
        const TMP_NETTRANSPORTVALUES_PIPE = "pipe";
        const TMP_NETTRANSPORTVALUES_INPROC = "inproc";
        const TMP_NETTRANSPORTVALUES_OTHER = "other";
        const NETTRANSPORTVALUES_IP_TCP = TMP_NETTRANSPORTVALUES_IP_TCP;
        const NETTRANSPORTVALUES_IP_UDP = TMP_NETTRANSPORTVALUES_IP_UDP;
        const NETTRANSPORTVALUES_IP = TMP_NETTRANSPORTVALUES_IP;
        const NETTRANSPORTVALUES_UNIX = TMP_NETTRANSPORTVALUES_UNIX;
        const NETTRANSPORTVALUES_PIPE = TMP_NETTRANSPORTVALUES_PIPE;
        const NETTRANSPORTVALUES_INPROC = TMP_NETTRANSPORTVALUES_INPROC;
        const NETTRANSPORTVALUES_OTHER = TMP_NETTRANSPORTVALUES_OTHER;
        const NetTransportValues = require_utils.createConstMap([
            TMP_NETTRANSPORTVALUES_IP_TCP,
            TMP_NETTRANSPORTVALUES_IP_UDP,
            TMP_NETTRANSPORTVALUES_IP,
            TMP_NETTRANSPORTVALUES_UNIX,
            TMP_NETTRANSPORTVALUES_PIPE,
            TMP_NETTRANSPORTVALUES_INPROC,
            TMP_NETTRANSPORTVALUES_OTHER
        ]);
        const TMP_NETHOSTCONNECTIONTYPEVALUES_WIFI = "wifi";
        const TMP_NETHOSTCONNECTIONTYPEVALUES_WIRED = "wired";
        const TMP_NETHOSTCONNECTIONTYPEVALUES_CELL = "cell";
        const TMP_NETHOSTCONNECTIONTYPEVALUES_UNAVAILABLE = "unavailable";
        const TMP_NETHOSTCONNECTIONTYPEVALUES_UNKNOWN = "unknown";
        const NETHOSTCONNECTIONTYPEVALUES_WIFI = TMP_NETHOSTCONNECTIONTYPEVALUES_WIFI;
        const NETHOSTCONNECTIONTYPEVALUES_WIRED = TMP_NETHOSTCONNECTIONTYPEVALUES_WIRED;
        const NETHOSTCONNECTIONTYPEVALUES_CELL = TMP_NETHOSTCONNECTIONTYPEVALUES_CELL;
        const NETHOSTCONNECTIONTYPEVALUES_UNAVAILABLE = TMP_NETHOSTCONNECTIONTYPEVALUES_UNAVAILABLE;
        const NETHOSTCONNECTIONTYPEVALUES_UNKNOWN = TMP_NETHOSTCONNECTIONTYPEVALUES_UNKNOWN;
        const NetHostConnectionTypeValues = require_utils.createConstMap([
            TMP_NETHOSTCONNECTIONTYPEVALUES_WIFI,
            TMP_NETHOSTCONNECTIONTYPEVALUES_WIRED,
            TMP_NETHOSTCONNECTIONTYPEVALUES_CELL,
            TMP_NETHOSTCONNECTIONTYPEVALUES_UNAVAILABLE,
            TMP_NETHOSTCONNECTIONTYPEVALUES_UNKNOWN
        ]);
        const TMP_NETHOSTCONNECTIONSUBTYPEVALUES_GPRS = "gprs";
        const TMP_NETHOSTCONNECTIONSUBTYPEVALUES_EDGE = "edge";
        const TMP_NETHOSTCONNECTIONSUBTYPEVALUES_UMTS = "umts";
        const TMP_NETHOSTCONNECTIONSUBTYPEVALUES_CDMA = "cdma";
        const TMP_NETHOSTCONNECTIONSUBTYPEVALUES_EVDO_0 = "evdo_0";
        const TMP_NETHOSTCONNECTIONSUBTYPEVALUES_EVDO_A = "evdo_a";
        const TMP_NETHOSTCONNECTIONSUBTYPEVALUES_CDMA2000_1XRTT = "cdma2000_1xrtt";
        const TMP_NETHOSTCONNECTIONSUBTYPEVALUES_HSDPA = "hsdpa";
        const TMP_NETHOSTCONNECTIONSUBTYPEVALUES_HSUPA = "hsupa";
        const TMP_NETHOSTCONNECTIONSUBTYPEVALUES_HSPA = "hspa";
        const TMP_NETHOSTCONNECTIONSUBTYPEVALUES_IDEN = "iden";
        const TMP_NETHOSTCONNECTIONSUBTYPEVALUES_EVDO_B = "evdo_b";
        const TMP_NETHOSTCONNECTIONSUBTYPEVALUES_LTE = "lte";
        const TMP_NETHOSTCONNECTIONSUBTYPEVALUES_EHRPD = "ehrpd";
        const TMP_NETHOSTCONNECTIONSUBTYPEVALUES_HSPAP = "hspap";
        const TMP_NETHOSTCONNECTIONSUBTYPEVALUES_GSM = "gsm";
        const TMP_NETHOSTCONNECTIONSUBTYPEVALUES_TD_SCDMA = "td_scdma";
        const TMP_NETHOSTCONNECTIONSUBTYPEVALUES_IWLAN = "iwlan";
        const TMP_NETHOSTCONNECTIONSUBTYPEVALUES_NR = "nr";
        const TMP_NETHOSTCONNECTIONSUBTYPEVALUES_NRNSA = "nrnsa";
        const TMP_NETHOSTCONNECTIONSUBTYPEVALUES_LTE_CA = "lte_ca";
        const NETHOSTCONNECTIONSUBTYPEVALUES_GPRS = TMP_NETHOSTCONNECTIONSUBTYPEVALUES_GPRS;
        const NETHOSTCONNECTIONSUBTYPEVALUES_EDGE = TMP_NETHOSTCONNECTIONSUBTYPEVALUES_EDGE;
        const NETHOSTCONNECTIONSUBTYPEVALUES_UMTS = TMP_NETHOSTCONNECTIONSUBTYPEVALUES_UMTS;
        const NETHOSTCONNECTIONSUBTYPEVALUES_CDMA = TMP_NETHOSTCONNECTIONSUBTYPEVALUES_CDMA;
        const NETHOSTCONNECTIONSUBTYPEVALUES_EVDO_0 = TMP_NETHOSTCONNECTIONSUBTYPEVALUES_EVDO_0;
        const NETHOSTCONNECTIONSUBTYPEVALUES_EVDO_A = TMP_NETHOSTCONNECTIONSUBTYPEVALUES_EVDO_A;
        const NETHOSTCONNECTIONSUBTYPEVALUES_CDMA2000_1XRTT = TMP_NETHOSTCONNECTIONSUBTYPEVALUES_CDMA2000_1XRTT;
        const NETHOSTCONNECTIONSUBTYPEVALUES_HSDPA = TMP_NETHOSTCONNECTIONSUBTYPEVALUES_HSDPA;
        const NETHOSTCONNECTIONSUBTYPEVALUES_HSUPA = TMP_NETHOSTCONNECTIONSUBTYPEVALUES_HSUPA;
        const NETHOSTCONNECTIONSUBTYPEVALUES_HSPA = TMP_NETHOSTCONNECTIONSUBTYPEVALUES_HSPA;
        const NETHOSTCONNECTIONSUBTYPEVALUES_IDEN = TMP_NETHOSTCONNECTIONSUBTYPEVALUES_IDEN;
        const NETHOSTCONNECTIONSUBTYPEVALUES_EVDO_B = TMP_NETHOSTCONNECTIONSUBTYPEVALUES_EVDO_B;
        const NETHOSTCONNECTIONSUBTYPEVALUES_LTE = TMP_NETHOSTCONNECTIONSUBTYPEVALUES_LTE;
        const NETHOSTCONNECTIONSUBTYPEVALUES_EHRPD = TMP_NETHOSTCONNECTIONSUBTYPEVALUES_EHRPD;
        const NETHOSTCONNECTIONSUBTYPEVALUES_HSPAP = TMP_NETHOSTCONNECTIONSUBTYPEVALUES_HSPAP;
        const NETHOSTCONNECTIONSUBTYPEVALUES_GSM = TMP_NETHOSTCONNECTIONSUBTYPEVALUES_GSM;
        const NETHOSTCONNECTIONSUBTYPEVALUES_TD_SCDMA = TMP_NETHOSTCONNECTIONSUBTYPEVALUES_TD_SCDMA;
        const NETHOSTCONNECTIONSUBTYPEVALUES_IWLAN = TMP_NETHOSTCONNECTIONSUBTYPEVALUES_IWLAN;
        const NETHOSTCONNECTIONSUBTYPEVALUES_NR = TMP_NETHOSTCONNECTIONSUBTYPEVALUES_NR;
        const NETHOSTCONNECTIONSUBTYPEVALUES_NRNSA = TMP_NETHOSTCONNECTIONSUBTYPEVALUES_NRNSA;
        const NETHOSTCONNECTIONSUBTYPEVALUES_LTE_CA = TMP_NETHOSTCONNECTIONSUBTYPEVALUES_LTE_CA;
        const NetHostConnectionSubtypeValues = require_utils.createConstMap([
            TMP_NETHOSTCONNECTIONSUBTYPEVALUES_GPRS,
            TMP_NETHOSTCONNECTIONSUBTYPEVALUES_EDGE,
            TMP_NETHOSTCONNECTIONSUBTYPEVALUES_UMTS,
            TMP_NETHOSTCONNECTIONSUBTYPEVALUES_CDMA,
            TMP_NETHOSTCONNECTIONSUBTYPEVALUES_EVDO_0,
            TMP_NETHOSTCONNECTIONSUBTYPEVALUES_EVDO_A,
            TMP_NETHOSTCONNECTIONSUBTYPEVALUES_CDMA2000_1XRTT,
            TMP_NETHOSTCONNECTIONSUBTYPEVALUES_HSDPA,
            TMP_NETHOSTCONNECTIONSUBTYPEVALUES_HSUPA,
            TMP_NETHOSTCONNECTIONSUBTYPEVALUES_HSPA,
            TMP_NETHOSTCONNECTIONSUBTYPEVALUES_IDEN,
            TMP_NETHOSTCONNECTIONSUBTYPEVALUES_EVDO_B,
            TMP_NETHOSTCONNECTIONSUBTYPEVALUES_LTE,
            TMP_NETHOSTCONNECTIONSUBTYPEVALUES_EHRPD,
            TMP_NETHOSTCONNECTIONSUBTYPEVALUES_HSPAP,
            TMP_NETHOSTCONNECTIONSUBTYPEVALUES_GSM,
            TMP_NETHOSTCONNECTIONSUBTYPEVALUES_TD_SCDMA,
            TMP_NETHOSTCONNECTIONSUBTYPEVALUES_IWLAN,
            TMP_NETHOSTCONNECTIONSUBTYPEVALUES_NR,
            TMP_NETHOSTCONNECTIONSUBTYPEVALUES_NRNSA,
            TMP_NETHOSTCONNECTIONSUBTYPEVALUES_LTE_CA
        ]);
        const TMP_HTTPFLAVORVALUES_HTTP_1_0 = "1.0";
        const TMP_HTTPFLAVORVALUES_HTTP_1_1 = "1.1";
        const TMP_HTTPFLAVORVALUES_HTTP_2_0 = "2.0";
        const TMP_HTTPFLAVORVALUES_SPDY = "SPDY";
        const TMP_HTTPFLAVORVALUES_QUIC = "QUIC";
        const HTTPFLAVORVALUES_HTTP_1_0 = TMP_HTTPFLAVORVALUES_HTTP_1_0;
        const HTTPFLAVORVALUES_HTTP_1_1 = TMP_HTTPFLAVORVALUES_HTTP_1_1;
        const HTTPFLAVORVALUES_HTTP_2_0 = TMP_HTTPFLAVORVALUES_HTTP_2_0;
        const HTTPFLAVORVALUES_SPDY = TMP_HTTPFLAVORVALUES_SPDY;
        const HTTPFLAVORVALUES_QUIC = TMP_HTTPFLAVORVALUES_QUIC;
        const HttpFlavorValues = {
            HTTP_1_0: TMP_HTTPFLAVORVALUES_HTTP_1_0,
            HTTP_1_1: TMP_HTTPFLAVORVALUES_HTTP_1_1,
            HTTP_2_0: TMP_HTTPFLAVORVALUES_HTTP_2_0,
            SPDY: TMP_HTTPFLAVORVALUES_SPDY,
            QUIC: TMP_HTTPFLAVORVALUES_QUIC
        };
        const TMP_MESSAGINGDESTINATIONKINDVALUES_QUEUE = "queue";
        const TMP_MESSAGINGDESTINATIONKINDVALUES_TOPIC = "topic";
        const MESSAGINGDESTINATIONKINDVALUES_QUEUE = TMP_MESSAGINGDESTINATIONKINDVALUES_QUEUE;
        const MESSAGINGDESTINATIONKINDVALUES_TOPIC = TMP_MESSAGINGDESTINATIONKINDVALUES_TOPIC;
        const MessagingDestinationKindValues = require_utils.createConstMap([TMP_MESSAGINGDESTINATIONKINDVALUES_QUEUE, TMP_MESSAGINGDESTINATIONKINDVALUES_TOPIC]);
        const TMP_MESSAGINGOPERATIONVALUES_RECEIVE = "receive";
        const TMP_MESSAGINGOPERATIONVALUES_PROCESS = "process";
        const MESSAGINGOPERATIONVALUES_RECEIVE = TMP_MESSAGINGOPERATIONVALUES_RECEIVE;
        const MESSAGINGOPERATIONVALUES_PROCESS = TMP_MESSAGINGOPERATIONVALUES_PROCESS;
        const MessagingOperationValues = require_utils.createConstMap([TMP_MESSAGINGOPERATIONVALUES_RECEIVE, TMP_MESSAGINGOPERATIONVALUES_PROCESS]);
        const TMP_RPCGRPCSTATUSCODEVALUES_OK = 0;
        const TMP_RPCGRPCSTATUSCODEVALUES_CANCELLED = 1;
        const TMP_RPCGRPCSTATUSCODEVALUES_UNKNOWN = 2;
        const TMP_RPCGRPCSTATUSCODEVALUES_INVALID_ARGUMENT = 3;
        const TMP_RPCGRPCSTATUSCODEVALUES_DEADLINE_EXCEEDED = 4;
        const TMP_RPCGRPCSTATUSCODEVALUES_NOT_FOUND = 5;
        const TMP_RPCGRPCSTATUSCODEVALUES_ALREADY_EXISTS = 6;
        const TMP_RPCGRPCSTATUSCODEVALUES_PERMISSION_DENIED = 7;
        const TMP_RPCGRPCSTATUSCODEVALUES_RESOURCE_EXHAUSTED = 8;
        const TMP_RPCGRPCSTATUSCODEVALUES_FAILED_PRECONDITION = 9;
        const TMP_RPCGRPCSTATUSCODEVALUES_ABORTED = 10;
        const TMP_RPCGRPCSTATUSCODEVALUES_OUT_OF_RANGE = 11;
        const TMP_RPCGRPCSTATUSCODEVALUES_UNIMPLEMENTED = 12;
        const TMP_RPCGRPCSTATUSCODEVALUES_INTERNAL = 13;
        const TMP_RPCGRPCSTATUSCODEVALUES_UNAVAILABLE = 14;
        const TMP_RPCGRPCSTATUSCODEVALUES_DATA_LOSS = 15;
        const TMP_RPCGRPCSTATUSCODEVALUES_UNAUTHENTICATED = 16;
        const RPCGRPCSTATUSCODEVALUES_OK = TMP_RPCGRPCSTATUSCODEVALUES_OK;
        const RPCGRPCSTATUSCODEVALUES_CANCELLED = TMP_RPCGRPCSTATUSCODEVALUES_CANCELLED;
        const RPCGRPCSTATUSCODEVALUES_UNKNOWN = TMP_RPCGRPCSTATUSCODEVALUES_UNKNOWN;
        const RPCGRPCSTATUSCODEVALUES_INVALID_ARGUMENT = TMP_RPCGRPCSTATUSCODEVALUES_INVALID_ARGUMENT;
        const RPCGRPCSTATUSCODEVALUES_DEADLINE_EXCEEDED = TMP_RPCGRPCSTATUSCODEVALUES_DEADLINE_EXCEEDED;
        const RPCGRPCSTATUSCODEVALUES_NOT_FOUND = TMP_RPCGRPCSTATUSCODEVALUES_NOT_FOUND;
        const RPCGRPCSTATUSCODEVALUES_ALREADY_EXISTS = TMP_RPCGRPCSTATUSCODEVALUES_ALREADY_EXISTS;
        const RPCGRPCSTATUSCODEVALUES_PERMISSION_DENIED = TMP_RPCGRPCSTATUSCODEVALUES_PERMISSION_DENIED;
        const RPCGRPCSTATUSCODEVALUES_RESOURCE_EXHAUSTED = TMP_RPCGRPCSTATUSCODEVALUES_RESOURCE_EXHAUSTED;
        const RPCGRPCSTATUSCODEVALUES_FAILED_PRECONDITION = TMP_RPCGRPCSTATUSCODEVALUES_FAILED_PRECONDITION;
        const RPCGRPCSTATUSCODEVALUES_ABORTED = TMP_RPCGRPCSTATUSCODEVALUES_ABORTED;
        const RPCGRPCSTATUSCODEVALUES_OUT_OF_RANGE = TMP_RPCGRPCSTATUSCODEVALUES_OUT_OF_RANGE;
        const RPCGRPCSTATUSCODEVALUES_UNIMPLEMENTED = TMP_RPCGRPCSTATUSCODEVALUES_UNIMPLEMENTED;
        const RPCGRPCSTATUSCODEVALUES_INTERNAL = TMP_RPCGRPCSTATUSCODEVALUES_INTERNAL;
        const RPCGRPCSTATUSCODEVALUES_UNAVAILABLE = TMP_RPCGRPCSTATUSCODEVALUES_UNAVAILABLE;
        const RPCGRPCSTATUSCODEVALUES_DATA_LOSS = TMP_RPCGRPCSTATUSCODEVALUES_DATA_LOSS;
        const RPCGRPCSTATUSCODEVALUES_UNAUTHENTICATED = TMP_RPCGRPCSTATUSCODEVALUES_UNAUTHENTICATED;
        const RpcGrpcStatusCodeValues = {
            OK: TMP_RPCGRPCSTATUSCODEVALUES_OK,
            CANCELLED: TMP_RPCGRPCSTATUSCODEVALUES_CANCELLED,
            UNKNOWN: TMP_RPCGRPCSTATUSCODEVALUES_UNKNOWN,
            INVALID_ARGUMENT: TMP_RPCGRPCSTATUSCODEVALUES_INVALID_ARGUMENT,
            DEADLINE_EXCEEDED: TMP_RPCGRPCSTATUSCODEVALUES_DEADLINE_EXCEEDED,
            NOT_FOUND: TMP_RPCGRPCSTATUSCODEVALUES_NOT_FOUND,
            ALREADY_EXISTS: TMP_RPCGRPCSTATUSCODEVALUES_ALREADY_EXISTS,
            PERMISSION_DENIED: TMP_RPCGRPCSTATUSCODEVALUES_PERMISSION_DENIED,
            RESOURCE_EXHAUSTED: TMP_RPCGRPCSTATUSCODEVALUES_RESOURCE_EXHAUSTED,
            FAILED_PRECONDITION: TMP_RPCGRPCSTATUSCODEVALUES_FAILED_PRECONDITION,
            ABORTED: TMP_RPCGRPCSTATUSCODEVALUES_ABORTED,
            OUT_OF_RANGE: TMP_RPCGRPCSTATUSCODEVALUES_OUT_OF_RANGE,
            UNIMPLEMENTED: TMP_RPCGRPCSTATUSCODEVALUES_UNIMPLEMENTED,
            INTERNAL: TMP_RPCGRPCSTATUSCODEVALUES_INTERNAL,
            UNAVAILABLE: TMP_RPCGRPCSTATUSCODEVALUES_UNAVAILABLE,
            DATA_LOSS: TMP_RPCGRPCSTATUSCODEVALUES_DATA_LOSS,
            UNAUTHENTICATED: TMP_RPCGRPCSTATUSCODEVALUES_UNAUTHENTICATED
        };
        const TMP_MESSAGETYPEVALUES_SENT = "SENT";
        const TMP_MESSAGETYPEVALUES_RECEIVED = "RECEIVED";
        const MESSAGETYPEVALUES_SENT = TMP_MESSAGETYPEVALUES_SENT;
        const MESSAGETYPEVALUES_RECEIVED = TMP_MESSAGETYPEVALUES_RECEIVED;
        const MessageTypeValues = require_utils.createConstMap([TMP_MESSAGETYPEVALUES_SENT, TMP_MESSAGETYPEVALUES_RECEIVED]);
        exports.DBCASSANDRACONSISTENCYLEVELVALUES_ALL = DBCASSANDRACONSISTENCYLEVELVALUES_ALL;
        exports.DBCASSANDRACONSISTENCYLEVELVALUES_ANY = DBCASSANDRACONSISTENCYLEVELVALUES_ANY;
        exports.DBCASSANDRACONSISTENCYLEVELVALUES_EACH_QUORUM = DBCASSANDRACONSISTENCYLEVELVALUES_EACH_QUORUM;
        exports.DBCASSANDRACONSISTENCYLEVELVALUES_LOCAL_ONE = DBCASSANDRACONSISTENCYLEVELVALUES_LOCAL_ONE;
        exports.DBCASSANDRACONSISTENCYLEVELVALUES_LOCAL_QUORUM = DBCASSANDRACONSISTENCYLEVELVALUES_LOCAL_QUORUM;
        exports.DBCASSANDRACONSISTENCYLEVELVALUES_LOCAL_SERIAL = DBCASSANDRACONSISTENCYLEVELVALUES_LOCAL_SERIAL;
        exports.DBCASSANDRACONSISTENCYLEVELVALUES_ONE = DBCASSANDRACONSISTENCYLEVELVALUES_ONE;
        exports.DBCASSANDRACONSISTENCYLEVELVALUES_QUORUM = DBCASSANDRACONSISTENCYLEVELVALUES_QUORUM;
        exports.DBCASSANDRACONSISTENCYLEVELVALUES_SERIAL = DBCASSANDRACONSISTENCYLEVELVALUES_SERIAL;
        exports.DBCASSANDRACONSISTENCYLEVELVALUES_THREE = DBCASSANDRACONSISTENCYLEVELVALUES_THREE;
        exports.DBCASSANDRACONSISTENCYLEVELVALUES_TWO = DBCASSANDRACONSISTENCYLEVELVALUES_TWO;
        exports.DBSYSTEMVALUES_ADABAS = DBSYSTEMVALUES_ADABAS;
        exports.DBSYSTEMVALUES_CACHE = DBSYSTEMVALUES_CACHE;
        exports.DBSYSTEMVALUES_CASSANDRA = DBSYSTEMVALUES_CASSANDRA;
        exports.DBSYSTEMVALUES_CLOUDSCAPE = DBSYSTEMVALUES_CLOUDSCAPE;
        exports.DBSYSTEMVALUES_COCKROACHDB = DBSYSTEMVALUES_COCKROACHDB;
        exports.DBSYSTEMVALUES_COLDFUSION = DBSYSTEMVALUES_COLDFUSION;
        exports.DBSYSTEMVALUES_COSMOSDB = DBSYSTEMVALUES_COSMOSDB;
        exports.DBSYSTEMVALUES_COUCHBASE = DBSYSTEMVALUES_COUCHBASE;
        exports.DBSYSTEMVALUES_COUCHDB = DBSYSTEMVALUES_COUCHDB;
        exports.DBSYSTEMVALUES_DB2 = DBSYSTEMVALUES_DB2;
        exports.DBSYSTEMVALUES_DERBY = DBSYSTEMVALUES_DERBY;
        exports.DBSYSTEMVALUES_DYNAMODB = DBSYSTEMVALUES_DYNAMODB;
        exports.DBSYSTEMVALUES_EDB = DBSYSTEMVALUES_EDB;
        exports.DBSYSTEMVALUES_ELASTICSEARCH = DBSYSTEMVALUES_ELASTICSEARCH;
        exports.DBSYSTEMVALUES_FILEMAKER = DBSYSTEMVALUES_FILEMAKER;
        exports.DBSYSTEMVALUES_FIREBIRD = DBSYSTEMVALUES_FIREBIRD;
        exports.DBSYSTEMVALUES_FIRSTSQL = DBSYSTEMVALUES_FIRSTSQL;
        exports.DBSYSTEMVALUES_GEODE = DBSYSTEMVALUES_GEODE;
        exports.DBSYSTEMVALUES_H2 = DBSYSTEMVALUES_H2;
        exports.DBSYSTEMVALUES_HANADB = DBSYSTEMVALUES_HANADB;
        exports.DBSYSTEMVALUES_HBASE = DBSYSTEMVALUES_HBASE;
        exports.DBSYSTEMVALUES_HIVE = DBSYSTEMVALUES_HIVE;
        exports.DBSYSTEMVALUES_HSQLDB = DBSYSTEMVALUES_HSQLDB;
        exports.DBSYSTEMVALUES_INFORMIX = DBSYSTEMVALUES_INFORMIX;
        exports.DBSYSTEMVALUES_INGRES = DBSYSTEMVALUES_INGRES;
        exports.DBSYSTEMVALUES_INSTANTDB = DBSYSTEMVALUES_INSTANTDB;
        exports.DBSYSTEMVALUES_INTERBASE = DBSYSTEMVALUES_INTERBASE;
        exports.DBSYSTEMVALUES_MARIADB = DBSYSTEMVALUES_MARIADB;
        exports.DBSYSTEMVALUES_MAXDB = DBSYSTEMVALUES_MAXDB;
        exports.DBSYSTEMVALUES_MEMCACHED = DBSYSTEMVALUES_MEMCACHED;
        exports.DBSYSTEMVALUES_MONGODB = DBSYSTEMVALUES_MONGODB;
        exports.DBSYSTEMVALUES_MSSQL = DBSYSTEMVALUES_MSSQL;
        exports.DBSYSTEMVALUES_MYSQL = DBSYSTEMVALUES_MYSQL;
        exports.DBSYSTEMVALUES_NEO4J = DBSYSTEMVALUES_NEO4J;
        exports.DBSYSTEMVALUES_NETEZZA = DBSYSTEMVALUES_NETEZZA;
        exports.DBSYSTEMVALUES_ORACLE = DBSYSTEMVALUES_ORACLE;
        exports.DBSYSTEMVALUES_OTHER_SQL = DBSYSTEMVALUES_OTHER_SQL;
        exports.DBSYSTEMVALUES_PERVASIVE = DBSYSTEMVALUES_PERVASIVE;
        exports.DBSYSTEMVALUES_POINTBASE = DBSYSTEMVALUES_POINTBASE;
        exports.DBSYSTEMVALUES_POSTGRESQL = DBSYSTEMVALUES_POSTGRESQL;
        exports.DBSYSTEMVALUES_PROGRESS = DBSYSTEMVALUES_PROGRESS;
        exports.DBSYSTEMVALUES_REDIS = DBSYSTEMVALUES_REDIS;
        exports.DBSYSTEMVALUES_REDSHIFT = DBSYSTEMVALUES_REDSHIFT;
        exports.DBSYSTEMVALUES_SQLITE = DBSYSTEMVALUES_SQLITE;
        exports.DBSYSTEMVALUES_SYBASE = DBSYSTEMVALUES_SYBASE;
        exports.DBSYSTEMVALUES_TERADATA = DBSYSTEMVALUES_TERADATA;
        exports.DBSYSTEMVALUES_VERTICA = DBSYSTEMVALUES_VERTICA;
        exports.DbCassandraConsistencyLevelValues = DbCassandraConsistencyLevelValues;
        exports.DbSystemValues = DbSystemValues;
        exports.FAASDOCUMENTOPERATIONVALUES_DELETE = FAASDOCUMENTOPERATIONVALUES_DELETE;
        exports.FAASDOCUMENTOPERATIONVALUES_EDIT = FAASDOCUMENTOPERATIONVALUES_EDIT;
        exports.FAASDOCUMENTOPERATIONVALUES_INSERT = FAASDOCUMENTOPERATIONVALUES_INSERT;
        exports.FAASINVOKEDPROVIDERVALUES_ALIBABA_CLOUD = FAASINVOKEDPROVIDERVALUES_ALIBABA_CLOUD;
        exports.FAASINVOKEDPROVIDERVALUES_AWS = FAASINVOKEDPROVIDERVALUES_AWS;
        exports.FAASINVOKEDPROVIDERVALUES_AZURE = FAASINVOKEDPROVIDERVALUES_AZURE;
        exports.FAASINVOKEDPROVIDERVALUES_GCP = FAASINVOKEDPROVIDERVALUES_GCP;
        exports.FAASTRIGGERVALUES_DATASOURCE = FAASTRIGGERVALUES_DATASOURCE;
        exports.FAASTRIGGERVALUES_HTTP = FAASTRIGGERVALUES_HTTP;
        exports.FAASTRIGGERVALUES_OTHER = FAASTRIGGERVALUES_OTHER;
        exports.FAASTRIGGERVALUES_PUBSUB = FAASTRIGGERVALUES_PUBSUB;
        exports.FAASTRIGGERVALUES_TIMER = FAASTRIGGERVALUES_TIMER;
        exports.FaasDocumentOperationValues = FaasDocumentOperationValues;
        exports.FaasInvokedProviderValues = FaasInvokedProviderValues;
        exports.FaasTriggerValues = FaasTriggerValues;
        exports.HTTPFLAVORVALUES_HTTP_1_0 = HTTPFLAVORVALUES_HTTP_1_0;
        exports.HTTPFLAVORVALUES_HTTP_1_1 = HTTPFLAVORVALUES_HTTP_1_1;
        exports.HTTPFLAVORVALUES_HTTP_2_0 = HTTPFLAVORVALUES_HTTP_2_0;
        exports.HTTPFLAVORVALUES_QUIC = HTTPFLAVORVALUES_QUIC;
        exports.HTTPFLAVORVALUES_SPDY = HTTPFLAVORVALUES_SPDY;
        exports.HttpFlavorValues = HttpFlavorValues;
        exports.MESSAGETYPEVALUES_RECEIVED = MESSAGETYPEVALUES_RECEIVED;
        exports.MESSAGETYPEVALUES_SENT = MESSAGETYPEVALUES_SENT;
        exports.MESSAGINGDESTINATIONKINDVALUES_QUEUE = MESSAGINGDESTINATIONKINDVALUES_QUEUE;
        exports.MESSAGINGDESTINATIONKINDVALUES_TOPIC = MESSAGINGDESTINATIONKINDVALUES_TOPIC;
        exports.MESSAGINGOPERATIONVALUES_PROCESS = MESSAGINGOPERATIONVALUES_PROCESS;
        exports.MESSAGINGOPERATIONVALUES_RECEIVE = MESSAGINGOPERATIONVALUES_RECEIVE;
        exports.MessageTypeValues = MessageTypeValues;
        exports.MessagingDestinationKindValues = MessagingDestinationKindValues;
        exports.MessagingOperationValues = MessagingOperationValues;
        exports.NETHOSTCONNECTIONSUBTYPEVALUES_CDMA = NETHOSTCONNECTIONSUBTYPEVALUES_CDMA;
        exports.NETHOSTCONNECTIONSUBTYPEVALUES_CDMA2000_1XRTT = NETHOSTCONNECTIONSUBTYPEVALUES_CDMA2000_1XRTT;
        exports.NETHOSTCONNECTIONSUBTYPEVALUES_EDGE = NETHOSTCONNECTIONSUBTYPEVALUES_EDGE;
        exports.NETHOSTCONNECTIONSUBTYPEVALUES_EHRPD = NETHOSTCONNECTIONSUBTYPEVALUES_EHRPD;
        exports.NETHOSTCONNECTIONSUBTYPEVALUES_EVDO_0 = NETHOSTCONNECTIONSUBTYPEVALUES_EVDO_0;
        exports.NETHOSTCONNECTIONSUBTYPEVALUES_EVDO_A = NETHOSTCONNECTIONSUBTYPEVALUES_EVDO_A;
        exports.NETHOSTCONNECTIONSUBTYPEVALUES_EVDO_B = NETHOSTCONNECTIONSUBTYPEVALUES_EVDO_B;
        exports.NETHOSTCONNECTIONSUBTYPEVALUES_GPRS = NETHOSTCONNECTIONSUBTYPEVALUES_GPRS;
        exports.NETHOSTCONNECTIONSUBTYPEVALUES_GSM = NETHOSTCONNECTIONSUBTYPEVALUES_GSM;
        exports.NETHOSTCONNECTIONSUBTYPEVALUES_HSDPA = NETHOSTCONNECTIONSUBTYPEVALUES_HSDPA;
        exports.NETHOSTCONNECTIONSUBTYPEVALUES_HSPA = NETHOSTCONNECTIONSUBTYPEVALUES_HSPA;
        exports.NETHOSTCONNECTIONSUBTYPEVALUES_HSPAP = NETHOSTCONNECTIONSUBTYPEVALUES_HSPAP;
        exports.NETHOSTCONNECTIONSUBTYPEVALUES_HSUPA = NETHOSTCONNECTIONSUBTYPEVALUES_HSUPA;
        exports.NETHOSTCONNECTIONSUBTYPEVALUES_IDEN = NETHOSTCONNECTIONSUBTYPEVALUES_IDEN;
        exports.NETHOSTCONNECTIONSUBTYPEVALUES_IWLAN = NETHOSTCONNECTIONSUBTYPEVALUES_IWLAN;
        exports.NETHOSTCONNECTIONSUBTYPEVALUES_LTE = NETHOSTCONNECTIONSUBTYPEVALUES_LTE;
        exports.NETHOSTCONNECTIONSUBTYPEVALUES_LTE_CA = NETHOSTCONNECTIONSUBTYPEVALUES_LTE_CA;
        exports.NETHOSTCONNECTIONSUBTYPEVALUES_NR = NETHOSTCONNECTIONSUBTYPEVALUES_NR;
        exports.NETHOSTCONNECTIONSUBTYPEVALUES_NRNSA = NETHOSTCONNECTIONSUBTYPEVALUES_NRNSA;
        exports.NETHOSTCONNECTIONSUBTYPEVALUES_TD_SCDMA = NETHOSTCONNECTIONSUBTYPEVALUES_TD_SCDMA;
        exports.NETHOSTCONNECTIONSUBTYPEVALUES_UMTS = NETHOSTCONNECTIONSUBTYPEVALUES_UMTS;
        exports.NETHOSTCONNECTIONTYPEVALUES_CELL = NETHOSTCONNECTIONTYPEVALUES_CELL;
        exports.NETHOSTCONNECTIONTYPEVALUES_UNAVAILABLE = NETHOSTCONNECTIONTYPEVALUES_UNAVAILABLE;
        exports.NETHOSTCONNECTIONTYPEVALUES_UNKNOWN = NETHOSTCONNECTIONTYPEVALUES_UNKNOWN;
        exports.NETHOSTCONNECTIONTYPEVALUES_WIFI = NETHOSTCONNECTIONTYPEVALUES_WIFI;
        exports.NETHOSTCONNECTIONTYPEVALUES_WIRED = NETHOSTCONNECTIONTYPEVALUES_WIRED;
        exports.NETTRANSPORTVALUES_INPROC = NETTRANSPORTVALUES_INPROC;
        exports.NETTRANSPORTVALUES_IP = NETTRANSPORTVALUES_IP;
        exports.NETTRANSPORTVALUES_IP_TCP = NETTRANSPORTVALUES_IP_TCP;
        exports.NETTRANSPORTVALUES_IP_UDP = NETTRANSPORTVALUES_IP_UDP;
        exports.NETTRANSPORTVALUES_OTHER = NETTRANSPORTVALUES_OTHER;
        exports.NETTRANSPORTVALUES_PIPE = NETTRANSPORTVALUES_PIPE;
        exports.NETTRANSPORTVALUES_UNIX = NETTRANSPORTVALUES_UNIX;
        exports.NetHostConnectionSubtypeValues = NetHostConnectionSubtypeValues;
        exports.NetHostConnectionTypeValues = NetHostConnectionTypeValues;
        exports.NetTransportValues = NetTransportValues;
        exports.RPCGRPCSTATUSCODEVALUES_ABORTED = RPCGRPCSTATUSCODEVALUES_ABORTED;
        exports.RPCGRPCSTATUSCODEVALUES_ALREADY_EXISTS = RPCGRPCSTATUSCODEVALUES_ALREADY_EXISTS;
        exports.RPCGRPCSTATUSCODEVALUES_CANCELLED = RPCGRPCSTATUSCODEVALUES_CANCELLED;
        exports.RPCGRPCSTATUSCODEVALUES_DATA_LOSS = RPCGRPCSTATUSCODEVALUES_DATA_LOSS;
        exports.RPCGRPCSTATUSCODEVALUES_DEADLINE_EXCEEDED = RPCGRPCSTATUSCODEVALUES_DEADLINE_EXCEEDED;
        exports.RPCGRPCSTATUSCODEVALUES_FAILED_PRECONDITION = RPCGRPCSTATUSCODEVALUES_FAILED_PRECONDITION;
        exports.RPCGRPCSTATUSCODEVALUES_INTERNAL = RPCGRPCSTATUSCODEVALUES_INTERNAL;
        exports.RPCGRPCSTATUSCODEVALUES_INVALID_ARGUMENT = RPCGRPCSTATUSCODEVALUES_INVALID_ARGUMENT;
        exports.RPCGRPCSTATUSCODEVALUES_NOT_FOUND = RPCGRPCSTATUSCODEVALUES_NOT_FOUND;
        exports.RPCGRPCSTATUSCODEVALUES_OK = RPCGRPCSTATUSCODEVALUES_OK;
        exports.RPCGRPCSTATUSCODEVALUES_OUT_OF_RANGE = RPCGRPCSTATUSCODEVALUES_OUT_OF_RANGE;
        exports.RPCGRPCSTATUSCODEVALUES_PERMISSION_DENIED = RPCGRPCSTATUSCODEVALUES_PERMISSION_DENIED;
        exports.RPCGRPCSTATUSCODEVALUES_RESOURCE_EXHAUSTED = RPCGRPCSTATUSCODEVALUES_RESOURCE_EXHAUSTED;
        exports.RPCGRPCSTATUSCODEVALUES_UNAUTHENTICATED = RPCGRPCSTATUSCODEVALUES_UNAUTHENTICATED;
        exports.RPCGRPCSTATUSCODEVALUES_UNAVAILABLE = RPCGRPCSTATUSCODEVALUES_UNAVAILABLE;
        exports.RPCGRPCSTATUSCODEVALUES_UNIMPLEMENTED = RPCGRPCSTATUSCODEVALUES_UNIMPLEMENTED;
        exports.RPCGRPCSTATUSCODEVALUES_UNKNOWN = RPCGRPCSTATUSCODEVALUES_UNKNOWN;
        exports.RpcGrpcStatusCodeValues = RpcGrpcStatusCodeValues;
        exports.SEMATTRS_AWS_DYNAMODB_ATTRIBUTES_TO_GET = SEMATTRS_AWS_DYNAMODB_ATTRIBUTES_TO_GET;
        exports.SEMATTRS_AWS_DYNAMODB_ATTRIBUTE_DEFINITIONS = SEMATTRS_AWS_DYNAMODB_ATTRIBUTE_DEFINITIONS;
        exports.SEMATTRS_AWS_DYNAMODB_CONSISTENT_READ = SEMATTRS_AWS_DYNAMODB_CONSISTENT_READ;
        exports.SEMATTRS_AWS_DYNAMODB_CONSUMED_CAPACITY = SEMATTRS_AWS_DYNAMODB_CONSUMED_CAPACITY;
        exports.SEMATTRS_AWS_DYNAMODB_COUNT = SEMATTRS_AWS_DYNAMODB_COUNT;
        exports.SEMATTRS_AWS_DYNAMODB_EXCLUSIVE_START_TABLE = SEMATTRS_AWS_DYNAMODB_EXCLUSIVE_START_TABLE;
        exports.SEMATTRS_AWS_DYNAMODB_GLOBAL_SECONDARY_INDEXES = SEMATTRS_AWS_DYNAMODB_GLOBAL_SECONDARY_INDEXES;
        exports.SEMATTRS_AWS_DYNAMODB_GLOBAL_SECONDARY_INDEX_UPDATES = SEMATTRS_AWS_DYNAMODB_GLOBAL_SECONDARY_INDEX_UPDATES;
        exports.SEMATTRS_AWS_DYNAMODB_INDEX_NAME = SEMATTRS_AWS_DYNAMODB_INDEX_NAME;
        exports.SEMATTRS_AWS_DYNAMODB_ITEM_COLLECTION_METRICS = SEMATTRS_AWS_DYNAMODB_ITEM_COLLECTION_METRICS;
        exports.SEMATTRS_AWS_DYNAMODB_LIMIT = SEMATTRS_AWS_DYNAMODB_LIMIT;
        exports.SEMATTRS_AWS_DYNAMODB_LOCAL_SECONDARY_INDEXES = SEMATTRS_AWS_DYNAMODB_LOCAL_SECONDARY_INDEXES;
        exports.SEMATTRS_AWS_DYNAMODB_PROJECTION = SEMATTRS_AWS_DYNAMODB_PROJECTION;
        exports.SEMATTRS_AWS_DYNAMODB_PROVISIONED_READ_CAPACITY = SEMATTRS_AWS_DYNAMODB_PROVISIONED_READ_CAPACITY;
        exports.SEMATTRS_AWS_DYNAMODB_PROVISIONED_WRITE_CAPACITY = SEMATTRS_AWS_DYNAMODB_PROVISIONED_WRITE_CAPACITY;
        exports.SEMATTRS_AWS_DYNAMODB_SCANNED_COUNT = SEMATTRS_AWS_DYNAMODB_SCANNED_COUNT;
        exports.SEMATTRS_AWS_DYNAMODB_SCAN_FORWARD = SEMATTRS_AWS_DYNAMODB_SCAN_FORWARD;
        exports.SEMATTRS_AWS_DYNAMODB_SEGMENT = SEMATTRS_AWS_DYNAMODB_SEGMENT;
        exports.SEMATTRS_AWS_DYNAMODB_SELECT = SEMATTRS_AWS_DYNAMODB_SELECT;
        exports.SEMATTRS_AWS_DYNAMODB_TABLE_COUNT = SEMATTRS_AWS_DYNAMODB_TABLE_COUNT;
        exports.SEMATTRS_AWS_DYNAMODB_TABLE_NAMES = SEMATTRS_AWS_DYNAMODB_TABLE_NAMES;
        exports.SEMATTRS_AWS_DYNAMODB_TOTAL_SEGMENTS = SEMATTRS_AWS_DYNAMODB_TOTAL_SEGMENTS;
        exports.SEMATTRS_AWS_LAMBDA_INVOKED_ARN = SEMATTRS_AWS_LAMBDA_INVOKED_ARN;
        exports.SEMATTRS_CODE_FILEPATH = SEMATTRS_CODE_FILEPATH;
        exports.SEMATTRS_CODE_FUNCTION = SEMATTRS_CODE_FUNCTION;
        exports.SEMATTRS_CODE_LINENO = SEMATTRS_CODE_LINENO;
        exports.SEMATTRS_CODE_NAMESPACE = SEMATTRS_CODE_NAMESPACE;
        exports.SEMATTRS_DB_CASSANDRA_CONSISTENCY_LEVEL = SEMATTRS_DB_CASSANDRA_CONSISTENCY_LEVEL;
        exports.SEMATTRS_DB_CASSANDRA_COORDINATOR_DC = SEMATTRS_DB_CASSANDRA_COORDINATOR_DC;
        exports.SEMATTRS_DB_CASSANDRA_COORDINATOR_ID = SEMATTRS_DB_CASSANDRA_COORDINATOR_ID;
        exports.SEMATTRS_DB_CASSANDRA_IDEMPOTENCE = SEMATTRS_DB_CASSANDRA_IDEMPOTENCE;
        exports.SEMATTRS_DB_CASSANDRA_KEYSPACE = SEMATTRS_DB_CASSANDRA_KEYSPACE;
        exports.SEMATTRS_DB_CASSANDRA_PAGE_SIZE = SEMATTRS_DB_CASSANDRA_PAGE_SIZE;
        exports.SEMATTRS_DB_CASSANDRA_SPECULATIVE_EXECUTION_COUNT = SEMATTRS_DB_CASSANDRA_SPECULATIVE_EXECUTION_COUNT;
        exports.SEMATTRS_DB_CASSANDRA_TABLE = SEMATTRS_DB_CASSANDRA_TABLE;
        exports.SEMATTRS_DB_CONNECTION_STRING = SEMATTRS_DB_CONNECTION_STRING;
        exports.SEMATTRS_DB_HBASE_NAMESPACE = SEMATTRS_DB_HBASE_NAMESPACE;
        exports.SEMATTRS_DB_JDBC_DRIVER_CLASSNAME = SEMATTRS_DB_JDBC_DRIVER_CLASSNAME;
        exports.SEMATTRS_DB_MONGODB_COLLECTION = SEMATTRS_DB_MONGODB_COLLECTION;
        exports.SEMATTRS_DB_MSSQL_INSTANCE_NAME = SEMATTRS_DB_MSSQL_INSTANCE_NAME;
        exports.SEMATTRS_DB_NAME = SEMATTRS_DB_NAME;
        exports.SEMATTRS_DB_OPERATION = SEMATTRS_DB_OPERATION;
        exports.SEMATTRS_DB_REDIS_DATABASE_INDEX = SEMATTRS_DB_REDIS_DATABASE_INDEX;
        exports.SEMATTRS_DB_SQL_TABLE = SEMATTRS_DB_SQL_TABLE;
        exports.SEMATTRS_DB_STATEMENT = SEMATTRS_DB_STATEMENT;
        exports.SEMATTRS_DB_SYSTEM = SEMATTRS_DB_SYSTEM;
        exports.SEMATTRS_DB_USER = SEMATTRS_DB_USER;
        exports.SEMATTRS_ENDUSER_ID = SEMATTRS_ENDUSER_ID;
        exports.SEMATTRS_ENDUSER_ROLE = SEMATTRS_ENDUSER_ROLE;
        exports.SEMATTRS_ENDUSER_SCOPE = SEMATTRS_ENDUSER_SCOPE;
        exports.SEMATTRS_EXCEPTION_ESCAPED = SEMATTRS_EXCEPTION_ESCAPED;
        exports.SEMATTRS_EXCEPTION_MESSAGE = SEMATTRS_EXCEPTION_MESSAGE;
        exports.SEMATTRS_EXCEPTION_STACKTRACE = SEMATTRS_EXCEPTION_STACKTRACE;
        exports.SEMATTRS_EXCEPTION_TYPE = SEMATTRS_EXCEPTION_TYPE;
        exports.SEMATTRS_FAAS_COLDSTART = SEMATTRS_FAAS_COLDSTART;
        exports.SEMATTRS_FAAS_CRON = SEMATTRS_FAAS_CRON;
        exports.SEMATTRS_FAAS_DOCUMENT_COLLECTION = SEMATTRS_FAAS_DOCUMENT_COLLECTION;
        exports.SEMATTRS_FAAS_DOCUMENT_NAME = SEMATTRS_FAAS_DOCUMENT_NAME;
        exports.SEMATTRS_FAAS_DOCUMENT_OPERATION = SEMATTRS_FAAS_DOCUMENT_OPERATION;
        exports.SEMATTRS_FAAS_DOCUMENT_TIME = SEMATTRS_FAAS_DOCUMENT_TIME;
        exports.SEMATTRS_FAAS_EXECUTION = SEMATTRS_FAAS_EXECUTION;
        exports.SEMATTRS_FAAS_INVOKED_NAME = SEMATTRS_FAAS_INVOKED_NAME;
        exports.SEMATTRS_FAAS_INVOKED_PROVIDER = SEMATTRS_FAAS_INVOKED_PROVIDER;
        exports.SEMATTRS_FAAS_INVOKED_REGION = SEMATTRS_FAAS_INVOKED_REGION;
        exports.SEMATTRS_FAAS_TIME = SEMATTRS_FAAS_TIME;
        exports.SEMATTRS_FAAS_TRIGGER = SEMATTRS_FAAS_TRIGGER;
        exports.SEMATTRS_HTTP_CLIENT_IP = SEMATTRS_HTTP_CLIENT_IP;
        exports.SEMATTRS_HTTP_FLAVOR = SEMATTRS_HTTP_FLAVOR;
        exports.SEMATTRS_HTTP_HOST = SEMATTRS_HTTP_HOST;
        exports.SEMATTRS_HTTP_METHOD = SEMATTRS_HTTP_METHOD;
        exports.SEMATTRS_HTTP_REQUEST_CONTENT_LENGTH = SEMATTRS_HTTP_REQUEST_CONTENT_LENGTH;
        exports.SEMATTRS_HTTP_REQUEST_CONTENT_LENGTH_UNCOMPRESSED = SEMATTRS_HTTP_REQUEST_CONTENT_LENGTH_UNCOMPRESSED;
        exports.SEMATTRS_HTTP_RESPONSE_CONTENT_LENGTH = SEMATTRS_HTTP_RESPONSE_CONTENT_LENGTH;
        exports.SEMATTRS_HTTP_RESPONSE_CONTENT_LENGTH_UNCOMPRESSED = SEMATTRS_HTTP_RESPONSE_CONTENT_LENGTH_UNCOMPRESSED;
        exports.SEMATTRS_HTTP_ROUTE = SEMATTRS_HTTP_ROUTE;
        exports.SEMATTRS_HTTP_SCHEME = SEMATTRS_HTTP_SCHEME;
        exports.SEMATTRS_HTTP_SERVER_NAME = SEMATTRS_HTTP_SERVER_NAME;
        exports.SEMATTRS_HTTP_STATUS_CODE = SEMATTRS_HTTP_STATUS_CODE;
        exports.SEMATTRS_HTTP_TARGET = SEMATTRS_HTTP_TARGET;
        exports.SEMATTRS_HTTP_URL = SEMATTRS_HTTP_URL;
        exports.SEMATTRS_HTTP_USER_AGENT = SEMATTRS_HTTP_USER_AGENT;
        exports.SEMATTRS_MESSAGE_COMPRESSED_SIZE = SEMATTRS_MESSAGE_COMPRESSED_SIZE;
        exports.SEMATTRS_MESSAGE_ID = SEMATTRS_MESSAGE_ID;
        exports.SEMATTRS_MESSAGE_TYPE = SEMATTRS_MESSAGE_TYPE;
        exports.SEMATTRS_MESSAGE_UNCOMPRESSED_SIZE = SEMATTRS_MESSAGE_UNCOMPRESSED_SIZE;
        exports.SEMATTRS_MESSAGING_CONSUMER_ID = SEMATTRS_MESSAGING_CONSUMER_ID;
        exports.SEMATTRS_MESSAGING_CONVERSATION_ID = SEMATTRS_MESSAGING_CONVERSATION_ID;
        exports.SEMATTRS_MESSAGING_DESTINATION = SEMATTRS_MESSAGING_DESTINATION;
        exports.SEMATTRS_MESSAGING_DESTINATION_KIND = SEMATTRS_MESSAGING_DESTINATION_KIND;
        exports.SEMATTRS_MESSAGING_KAFKA_CLIENT_ID = SEMATTRS_MESSAGING_KAFKA_CLIENT_ID;
        exports.SEMATTRS_MESSAGING_KAFKA_CONSUMER_GROUP = SEMATTRS_MESSAGING_KAFKA_CONSUMER_GROUP;
        exports.SEMATTRS_MESSAGING_KAFKA_MESSAGE_KEY = SEMATTRS_MESSAGING_KAFKA_MESSAGE_KEY;
        exports.SEMATTRS_MESSAGING_KAFKA_PARTITION = SEMATTRS_MESSAGING_KAFKA_PARTITION;
        exports.SEMATTRS_MESSAGING_KAFKA_TOMBSTONE = SEMATTRS_MESSAGING_KAFKA_TOMBSTONE;
        exports.SEMATTRS_MESSAGING_MESSAGE_ID = SEMATTRS_MESSAGING_MESSAGE_ID;
        exports.SEMATTRS_MESSAGING_MESSAGE_PAYLOAD_COMPRESSED_SIZE_BYTES = SEMATTRS_MESSAGING_MESSAGE_PAYLOAD_COMPRESSED_SIZE_BYTES;
        exports.SEMATTRS_MESSAGING_MESSAGE_PAYLOAD_SIZE_BYTES = SEMATTRS_MESSAGING_MESSAGE_PAYLOAD_SIZE_BYTES;
        exports.SEMATTRS_MESSAGING_OPERATION = SEMATTRS_MESSAGING_OPERATION;
        exports.SEMATTRS_MESSAGING_PROTOCOL = SEMATTRS_MESSAGING_PROTOCOL;
        exports.SEMATTRS_MESSAGING_PROTOCOL_VERSION = SEMATTRS_MESSAGING_PROTOCOL_VERSION;
        exports.SEMATTRS_MESSAGING_RABBITMQ_ROUTING_KEY = SEMATTRS_MESSAGING_RABBITMQ_ROUTING_KEY;
        exports.SEMATTRS_MESSAGING_SYSTEM = SEMATTRS_MESSAGING_SYSTEM;
        exports.SEMATTRS_MESSAGING_TEMP_DESTINATION = SEMATTRS_MESSAGING_TEMP_DESTINATION;
        exports.SEMATTRS_MESSAGING_URL = SEMATTRS_MESSAGING_URL;
        exports.SEMATTRS_NET_HOST_CARRIER_ICC = SEMATTRS_NET_HOST_CARRIER_ICC;
        exports.SEMATTRS_NET_HOST_CARRIER_MCC = SEMATTRS_NET_HOST_CARRIER_MCC;
        exports.SEMATTRS_NET_HOST_CARRIER_MNC = SEMATTRS_NET_HOST_CARRIER_MNC;
        exports.SEMATTRS_NET_HOST_CARRIER_NAME = SEMATTRS_NET_HOST_CARRIER_NAME;
        exports.SEMATTRS_NET_HOST_CONNECTION_SUBTYPE = SEMATTRS_NET_HOST_CONNECTION_SUBTYPE;
        exports.SEMATTRS_NET_HOST_CONNECTION_TYPE = SEMATTRS_NET_HOST_CONNECTION_TYPE;
        exports.SEMATTRS_NET_HOST_IP = SEMATTRS_NET_HOST_IP;
        exports.SEMATTRS_NET_HOST_NAME = SEMATTRS_NET_HOST_NAME;
        exports.SEMATTRS_NET_HOST_PORT = SEMATTRS_NET_HOST_PORT;
        exports.SEMATTRS_NET_PEER_IP = SEMATTRS_NET_PEER_IP;
        exports.SEMATTRS_NET_PEER_NAME = SEMATTRS_NET_PEER_NAME;
        exports.SEMATTRS_NET_PEER_PORT = SEMATTRS_NET_PEER_PORT;
        exports.SEMATTRS_NET_TRANSPORT = SEMATTRS_NET_TRANSPORT;
        exports.SEMATTRS_PEER_SERVICE = SEMATTRS_PEER_SERVICE;
        exports.SEMATTRS_RPC_GRPC_STATUS_CODE = SEMATTRS_RPC_GRPC_STATUS_CODE;
        exports.SEMATTRS_RPC_JSONRPC_ERROR_CODE = SEMATTRS_RPC_JSONRPC_ERROR_CODE;
        exports.SEMATTRS_RPC_JSONRPC_ERROR_MESSAGE = SEMATTRS_RPC_JSONRPC_ERROR_MESSAGE;
        exports.SEMATTRS_RPC_JSONRPC_REQUEST_ID = SEMATTRS_RPC_JSONRPC_REQUEST_ID;
        exports.SEMATTRS_RPC_JSONRPC_VERSION = SEMATTRS_RPC_JSONRPC_VERSION;
        exports.SEMATTRS_RPC_METHOD = SEMATTRS_RPC_METHOD;
        exports.SEMATTRS_RPC_SERVICE = SEMATTRS_RPC_SERVICE;
        exports.SEMATTRS_RPC_SYSTEM = SEMATTRS_RPC_SYSTEM;
        exports.SEMATTRS_THREAD_ID = SEMATTRS_THREAD_ID;
        exports.SEMATTRS_THREAD_NAME = SEMATTRS_THREAD_NAME;
        exports.SemanticAttributes = SemanticAttributes;
    })
};
