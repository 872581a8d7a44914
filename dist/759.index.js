export const id = 759;
export const ids = [759];
export const modules = {
    29750: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.ContextAPI = void 0;
        const NoopContextManager_1 = __webpack_require__(99522);
        const global_utils_1 = __webpack_require__(39923);
        const diag_1 = __webpack_require__(1230);
        const API_NAME = 'context';
        const NOOP_CONTEXT_MANAGER = new NoopContextManager_1.NoopContextManager();
        class ContextAPI {
            constructor() { }
            static getInstance() {
                if (!this._instance) {
                    this._instance = new ContextAPI();
                }
                return this._instance;
            }
            setGlobalContextManager(contextManager) {
                return (0, global_utils_1.registerGlobal)(API_NAME, contextManager, diag_1.DiagAPI.instance());
            }
            active() {
                return this._getContextManager().active();
            }
            with(context, fn, thisArg, ...args) {
                return this._getContextManager().with(context, fn, thisArg, ...args);
            }
            bind(context, target) {
                return this._getContextManager().bind(context, target);
            }
            _getContextManager() {
                return (0, global_utils_1.getGlobal)(API_NAME) || NOOP_CONTEXT_MANAGER;
            }
            disable() {
                this._getContextManager().disable();
                (0, global_utils_1.unregisterGlobal)(API_NAME, diag_1.DiagAPI.instance());
            }
        }
        exports.ContextAPI = ContextAPI;
    }),
    1230: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.DiagAPI = void 0;
        const ComponentLogger_1 = __webpack_require__(37723);
        const logLevelLogger_1 = __webpack_require__(83514);
        const types_1 = __webpack_require__(2573);
        const global_utils_1 = __webpack_require__(39923);
        const API_NAME = 'diag';
        class DiagAPI {
            static instance() {
                if (!this._instance) {
                    this._instance = new DiagAPI();
                }
                return this._instance;
            }
            constructor() {
                function _logProxy(funcName) {
                    return function (...args) {
                        const logger = (0, global_utils_1.getGlobal)('diag');
                        if (!logger)
                            return;
                        return logger[funcName](...args);
                    };
                }
                const self = this;
                const setLogger = (logger, optionsOrLogLevel = { logLevel: types_1.DiagLogLevel.INFO }) => {
                    var _a, _b, _c;
                    if (logger === self) {
                        const err = new Error('Cannot use diag as the logger for itself. Please use a DiagLogger implementation like ConsoleDiagLogger or a custom implementation');
                        self.error((_a = err.stack) !== null && _a !== void 0 ? _a : err.message);
                        return false;
                    }
                    if (typeof optionsOrLogLevel === 'number') {
                        optionsOrLogLevel = {
                            logLevel: optionsOrLogLevel,
                        };
                    }
                    const oldLogger = (0, global_utils_1.getGlobal)('diag');
                    const newLogger = (0, logLevelLogger_1.createLogLevelDiagLogger)((_b = optionsOrLogLevel.logLevel) !== null && _b !== void 0 ? _b : types_1.DiagLogLevel.INFO, logger);
                    if (oldLogger && !optionsOrLogLevel.suppressOverrideMessage) {
                        const stack = (_c = new Error().stack) !== null && _c !== void 0 ? _c : '<failed to generate stacktrace>';
                        oldLogger.warn(`Current logger will be overwritten from ${stack}`);
                        newLogger.warn(`Current logger will overwrite one already registered from ${stack}`);
                    }
                    return (0, global_utils_1.registerGlobal)('diag', newLogger, self, true);
                };
                self.setLogger = setLogger;
                self.disable = () => {
                    (0, global_utils_1.unregisterGlobal)(API_NAME, self);
                };
                self.createComponentLogger = (options) => {
                    return new ComponentLogger_1.DiagComponentLogger(options);
                };
                self.verbose = _logProxy('verbose');
                self.debug = _logProxy('debug');
                self.info = _logProxy('info');
                self.warn = _logProxy('warn');
                self.error = _logProxy('error');
            }
        }
        exports.DiagAPI = DiagAPI;
    }),
    18692: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.MetricsAPI = void 0;
        const NoopMeterProvider_1 = __webpack_require__(12896);
        const global_utils_1 = __webpack_require__(39923);
        const diag_1 = __webpack_require__(1230);
        const API_NAME = 'metrics';
        class MetricsAPI {
            constructor() { }
            static getInstance() {
                if (!this._instance) {
                    this._instance = new MetricsAPI();
                }
                return this._instance;
            }
            setGlobalMeterProvider(provider) {
                return (0, global_utils_1.registerGlobal)(API_NAME, provider, diag_1.DiagAPI.instance());
            }
            getMeterProvider() {
                return (0, global_utils_1.getGlobal)(API_NAME) || NoopMeterProvider_1.NOOP_METER_PROVIDER;
            }
            getMeter(name, version, options) {
                return this.getMeterProvider().getMeter(name, version, options);
            }
            disable() {
                (0, global_utils_1.unregisterGlobal)(API_NAME, diag_1.DiagAPI.instance());
            }
        }
        exports.MetricsAPI = MetricsAPI;
    }),
    7: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.PropagationAPI = void 0;
        const global_utils_1 = __webpack_require__(39923);
        const NoopTextMapPropagator_1 = __webpack_require__(54353);
        const TextMapPropagator_1 = __webpack_require__(77865);
        const context_helpers_1 = __webpack_require__(30052);
        const utils_1 = __webpack_require__(38558);
        const diag_1 = __webpack_require__(1230);
        const API_NAME = 'propagation';
        const NOOP_TEXT_MAP_PROPAGATOR = new NoopTextMapPropagator_1.NoopTextMapPropagator();
        class PropagationAPI {
            constructor() {
                this.createBaggage = utils_1.createBaggage;
                this.getBaggage = context_helpers_1.getBaggage;
                this.getActiveBaggage = context_helpers_1.getActiveBaggage;
                this.setBaggage = context_helpers_1.setBaggage;
                this.deleteBaggage = context_helpers_1.deleteBaggage;
            }
            static getInstance() {
                if (!this._instance) {
                    this._instance = new PropagationAPI();
                }
                return this._instance;
            }
            setGlobalPropagator(propagator) {
                return (0, global_utils_1.registerGlobal)(API_NAME, propagator, diag_1.DiagAPI.instance());
            }
            inject(context, carrier, setter = TextMapPropagator_1.defaultTextMapSetter) {
                return this._getGlobalPropagator().inject(context, carrier, setter);
            }
            extract(context, carrier, getter = TextMapPropagator_1.defaultTextMapGetter) {
                return this._getGlobalPropagator().extract(context, carrier, getter);
            }
            fields() {
                return this._getGlobalPropagator().fields();
            }
            disable() {
                (0, global_utils_1.unregisterGlobal)(API_NAME, diag_1.DiagAPI.instance());
            }
            _getGlobalPropagator() {
                return (0, global_utils_1.getGlobal)(API_NAME) || NOOP_TEXT_MAP_PROPAGATOR;
            }
        }
        exports.PropagationAPI = PropagationAPI;
    }),
    24508: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.TraceAPI = void 0;
        const global_utils_1 = __webpack_require__(39923);
        const ProxyTracerProvider_1 = __webpack_require__(20312);
        const spancontext_utils_1 = __webpack_require__(60639);
        const context_utils_1 = __webpack_require__(52771);
        const diag_1 = __webpack_require__(1230);
        const API_NAME = 'trace';
        class TraceAPI {
            constructor() {
                this._proxyTracerProvider = new ProxyTracerProvider_1.ProxyTracerProvider();
                this.wrapSpanContext = spancontext_utils_1.wrapSpanContext;
                this.isSpanContextValid = spancontext_utils_1.isSpanContextValid;
                this.deleteSpan = context_utils_1.deleteSpan;
                this.getSpan = context_utils_1.getSpan;
                this.getActiveSpan = context_utils_1.getActiveSpan;
                this.getSpanContext = context_utils_1.getSpanContext;
                this.setSpan = context_utils_1.setSpan;
                this.setSpanContext = context_utils_1.setSpanContext;
            }
            static getInstance() {
                if (!this._instance) {
                    this._instance = new TraceAPI();
                }
                return this._instance;
            }
            setGlobalTracerProvider(provider) {
                const success = (0, global_utils_1.registerGlobal)(API_NAME, this._proxyTracerProvider, diag_1.DiagAPI.instance());
                if (success) {
                    this._proxyTracerProvider.setDelegate(provider);
                }
                return success;
            }
            getTracerProvider() {
                return (0, global_utils_1.getGlobal)(API_NAME) || this._proxyTracerProvider;
            }
            getTracer(name, version) {
                return this.getTracerProvider().getTracer(name, version);
            }
            disable() {
                (0, global_utils_1.unregisterGlobal)(API_NAME, diag_1.DiagAPI.instance());
                this._proxyTracerProvider = new ProxyTracerProvider_1.ProxyTracerProvider();
            }
        }
        exports.TraceAPI = TraceAPI;
    }),
    30052: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.deleteBaggage = exports.setBaggage = exports.getActiveBaggage = exports.getBaggage = void 0;
        const context_1 = __webpack_require__(29750);
        const context_2 = __webpack_require__(37977);
        const BAGGAGE_KEY = (0, context_2.createContextKey)('OpenTelemetry Baggage Key');
        function getBaggage(context) {
            return context.getValue(BAGGAGE_KEY) || undefined;
        }
        exports.getBaggage = getBaggage;
        function getActiveBaggage() {
            return getBaggage(context_1.ContextAPI.getInstance().active());
        }
        exports.getActiveBaggage = getActiveBaggage;
        function setBaggage(context, baggage) {
            return context.setValue(BAGGAGE_KEY, baggage);
        }
        exports.setBaggage = setBaggage;
        function deleteBaggage(context) {
            return context.deleteValue(BAGGAGE_KEY);
        }
        exports.deleteBaggage = deleteBaggage;
    }),
    33274: ((__unused_webpack_module, exports) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.BaggageImpl = void 0;
        class BaggageImpl {
            constructor(entries) {
                this._entries = entries ? new Map(entries) : new Map();
            }
            getEntry(key) {
                const entry = this._entries.get(key);
                if (!entry) {
                    return undefined;
                }
                return Object.assign({}, entry);
            }
            getAllEntries() {
                return Array.from(this._entries.entries());
            }
            setEntry(key, entry) {
                const newBaggage = new BaggageImpl(this._entries);
                newBaggage._entries.set(key, entry);
                return newBaggage;
            }
            removeEntry(key) {
                const newBaggage = new BaggageImpl(this._entries);
                newBaggage._entries.delete(key);
                return newBaggage;
            }
            removeEntries(...keys) {
                const newBaggage = new BaggageImpl(this._entries);
                for (const key of keys) {
                    newBaggage._entries.delete(key);
                }
                return newBaggage;
            }
            clear() {
                return new BaggageImpl();
            }
        }
        exports.BaggageImpl = BaggageImpl;
    }),
    3997: ((__unused_webpack_module, exports) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.baggageEntryMetadataSymbol = void 0;
        exports.baggageEntryMetadataSymbol = Symbol('BaggageEntryMetadata');
    }),
    38558: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.baggageEntryMetadataFromString = exports.createBaggage = void 0;
        const diag_1 = __webpack_require__(1230);
        const baggage_impl_1 = __webpack_require__(33274);
        const symbol_1 = __webpack_require__(3997);
        const diag = diag_1.DiagAPI.instance();
        function createBaggage(entries = {}) {
            return new baggage_impl_1.BaggageImpl(new Map(Object.entries(entries)));
        }
        exports.createBaggage = createBaggage;
        function baggageEntryMetadataFromString(str) {
            if (typeof str !== 'string') {
                diag.error(`Cannot create baggage metadata from unknown type: ${typeof str}`);
                str = '';
            }
            return {
                __TYPE__: symbol_1.baggageEntryMetadataSymbol,
                toString() {
                    return str;
                },
            };
        }
        exports.baggageEntryMetadataFromString = baggageEntryMetadataFromString;
    }),
    70244: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.context = void 0;
        const context_1 = __webpack_require__(29750);
        exports.context = context_1.ContextAPI.getInstance();
    }),
    99522: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.NoopContextManager = void 0;
        const context_1 = __webpack_require__(37977);
        class NoopContextManager {
            active() {
                return context_1.ROOT_CONTEXT;
            }
            with(_context, fn, thisArg, ...args) {
                return fn.call(thisArg, ...args);
            }
            bind(_context, target) {
                return target;
            }
            enable() {
                return this;
            }
            disable() {
                return this;
            }
        }
        exports.NoopContextManager = NoopContextManager;
    }),
    37977: ((__unused_webpack_module, exports) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.ROOT_CONTEXT = exports.createContextKey = void 0;
        function createContextKey(description) {
            return Symbol.for(description);
        }
        exports.createContextKey = createContextKey;
        class BaseContext {
            constructor(parentContext) {
                const self = this;
                self._currentContext = parentContext ? new Map(parentContext) : new Map();
                self.getValue = (key) => self._currentContext.get(key);
                self.setValue = (key, value) => {
                    const context = new BaseContext(self._currentContext);
                    context._currentContext.set(key, value);
                    return context;
                };
                self.deleteValue = (key) => {
                    const context = new BaseContext(self._currentContext);
                    context._currentContext.delete(key);
                    return context;
                };
            }
        }
        exports.ROOT_CONTEXT = new BaseContext();
    }),
    11414: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.diag = void 0;
        const diag_1 = __webpack_require__(1230);
        exports.diag = diag_1.DiagAPI.instance();
    }),
    37723: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.DiagComponentLogger = void 0;
        const global_utils_1 = __webpack_require__(39923);
        class DiagComponentLogger {
            constructor(props) {
                this._namespace = props.namespace || 'DiagComponentLogger';
            }
            debug(...args) {
                return logProxy('debug', this._namespace, args);
            }
            error(...args) {
                return logProxy('error', this._namespace, args);
            }
            info(...args) {
                return logProxy('info', this._namespace, args);
            }
            warn(...args) {
                return logProxy('warn', this._namespace, args);
            }
            verbose(...args) {
                return logProxy('verbose', this._namespace, args);
            }
        }
        exports.DiagComponentLogger = DiagComponentLogger;
        function logProxy(funcName, namespace, args) {
            const logger = (0, global_utils_1.getGlobal)('diag');
            if (!logger) {
                return;
            }
            return logger[funcName](namespace, ...args);
        }
    }),
    66769: ((__unused_webpack_module, exports) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.DiagConsoleLogger = exports._originalConsoleMethods = void 0;
        const consoleMap = [
            { n: 'error', c: 'error' },
            { n: 'warn', c: 'warn' },
            { n: 'info', c: 'info' },
            { n: 'debug', c: 'debug' },
            { n: 'verbose', c: 'trace' },
        ];
        exports._originalConsoleMethods = {};
        if (typeof console !== 'undefined') {
            const keys = [
                'error',
                'warn',
                'info',
                'debug',
                'trace',
                'log',
            ];
            for (const key of keys) {
                if (typeof console[key] === 'function') {
                    exports._originalConsoleMethods[key] = console[key];
                }
            }
        }
        class DiagConsoleLogger {
            constructor() {
                function _consoleFunc(funcName) {
                    return function (...args) {
                        let theFunc = exports._originalConsoleMethods[funcName];
                        if (typeof theFunc !== 'function') {
                            theFunc = exports._originalConsoleMethods['log'];
                        }
                        if (typeof theFunc !== 'function' && console) {
                            theFunc = console[funcName];
                            if (typeof theFunc !== 'function') {
                                theFunc = console.log;
                            }
                        }
                        if (typeof theFunc === 'function') {
                            return theFunc.apply(console, args);
                        }
                    };
                }
                for (let i = 0; i < consoleMap.length; i++) {
                    this[consoleMap[i].n] = _consoleFunc(consoleMap[i].c);
                }
            }
        }
        exports.DiagConsoleLogger = DiagConsoleLogger;
    }),
    83514: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.createLogLevelDiagLogger = void 0;
        const types_1 = __webpack_require__(2573);
        function createLogLevelDiagLogger(maxLevel, logger) {
            if (maxLevel < types_1.DiagLogLevel.NONE) {
                maxLevel = types_1.DiagLogLevel.NONE;
            }
            else if (maxLevel > types_1.DiagLogLevel.ALL) {
                maxLevel = types_1.DiagLogLevel.ALL;
            }
            logger = logger || {};
            function _filterFunc(funcName, theLevel) {
                const theFunc = logger[funcName];
                if (typeof theFunc === 'function' && maxLevel >= theLevel) {
                    return theFunc.bind(logger);
                }
                return function () { };
            }
            return {
                error: _filterFunc('error', types_1.DiagLogLevel.ERROR),
                warn: _filterFunc('warn', types_1.DiagLogLevel.WARN),
                info: _filterFunc('info', types_1.DiagLogLevel.INFO),
                debug: _filterFunc('debug', types_1.DiagLogLevel.DEBUG),
                verbose: _filterFunc('verbose', types_1.DiagLogLevel.VERBOSE),
            };
        }
        exports.createLogLevelDiagLogger = createLogLevelDiagLogger;
    }),
    2573: ((__unused_webpack_module, exports) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.DiagLogLevel = void 0;
        var DiagLogLevel;
        (function (DiagLogLevel) {
            DiagLogLevel[DiagLogLevel["NONE"] = 0] = "NONE";
            DiagLogLevel[DiagLogLevel["ERROR"] = 30] = "ERROR";
            DiagLogLevel[DiagLogLevel["WARN"] = 50] = "WARN";
            DiagLogLevel[DiagLogLevel["INFO"] = 60] = "INFO";
            DiagLogLevel[DiagLogLevel["DEBUG"] = 70] = "DEBUG";
            DiagLogLevel[DiagLogLevel["VERBOSE"] = 80] = "VERBOSE";
            DiagLogLevel[DiagLogLevel["ALL"] = 9999] = "ALL";
        })(DiagLogLevel = exports.DiagLogLevel || (exports.DiagLogLevel = {}));
    }),
    63914: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.trace = exports.propagation = exports.metrics = exports.diag = exports.context = exports.INVALID_SPAN_CONTEXT = exports.INVALID_TRACEID = exports.INVALID_SPANID = exports.isValidSpanId = exports.isValidTraceId = exports.isSpanContextValid = exports.createTraceState = exports.TraceFlags = exports.SpanStatusCode = exports.SpanKind = exports.SamplingDecision = exports.ProxyTracerProvider = exports.ProxyTracer = exports.defaultTextMapSetter = exports.defaultTextMapGetter = exports.ValueType = exports.createNoopMeter = exports.DiagLogLevel = exports.DiagConsoleLogger = exports.ROOT_CONTEXT = exports.createContextKey = exports.baggageEntryMetadataFromString = void 0;
        var utils_1 = __webpack_require__(38558);
        Object.defineProperty(exports, "baggageEntryMetadataFromString", ({ enumerable: true, get: function () { return utils_1.baggageEntryMetadataFromString; } }));
        var context_1 = __webpack_require__(37977);
        Object.defineProperty(exports, "createContextKey", ({ enumerable: true, get: function () { return context_1.createContextKey; } }));
        Object.defineProperty(exports, "ROOT_CONTEXT", ({ enumerable: true, get: function () { return context_1.ROOT_CONTEXT; } }));
        var consoleLogger_1 = __webpack_require__(66769);
        Object.defineProperty(exports, "DiagConsoleLogger", ({ enumerable: true, get: function () { return consoleLogger_1.DiagConsoleLogger; } }));
        var types_1 = __webpack_require__(2573);
        Object.defineProperty(exports, "DiagLogLevel", ({ enumerable: true, get: function () { return types_1.DiagLogLevel; } }));
        var NoopMeter_1 = __webpack_require__(7017);
        Object.defineProperty(exports, "createNoopMeter", ({ enumerable: true, get: function () { return NoopMeter_1.createNoopMeter; } }));
        var Metric_1 = __webpack_require__(73814);
        Object.defineProperty(exports, "ValueType", ({ enumerable: true, get: function () { return Metric_1.ValueType; } }));
        var TextMapPropagator_1 = __webpack_require__(77865);
        Object.defineProperty(exports, "defaultTextMapGetter", ({ enumerable: true, get: function () { return TextMapPropagator_1.defaultTextMapGetter; } }));
        Object.defineProperty(exports, "defaultTextMapSetter", ({ enumerable: true, get: function () { return TextMapPropagator_1.defaultTextMapSetter; } }));
        var ProxyTracer_1 = __webpack_require__(4833);
        Object.defineProperty(exports, "ProxyTracer", ({ enumerable: true, get: function () { return ProxyTracer_1.ProxyTracer; } }));
        var ProxyTracerProvider_1 = __webpack_require__(20312);
        Object.defineProperty(exports, "ProxyTracerProvider", ({ enumerable: true, get: function () { return ProxyTracerProvider_1.ProxyTracerProvider; } }));
        var SamplingResult_1 = __webpack_require__(80434);
        Object.defineProperty(exports, "SamplingDecision", ({ enumerable: true, get: function () { return SamplingResult_1.SamplingDecision; } }));
        var span_kind_1 = __webpack_require__(42347);
        Object.defineProperty(exports, "SpanKind", ({ enumerable: true, get: function () { return span_kind_1.SpanKind; } }));
        var status_1 = __webpack_require__(61524);
        Object.defineProperty(exports, "SpanStatusCode", ({ enumerable: true, get: function () { return status_1.SpanStatusCode; } }));
        var trace_flags_1 = __webpack_require__(47221);
        Object.defineProperty(exports, "TraceFlags", ({ enumerable: true, get: function () { return trace_flags_1.TraceFlags; } }));
        var utils_2 = __webpack_require__(90969);
        Object.defineProperty(exports, "createTraceState", ({ enumerable: true, get: function () { return utils_2.createTraceState; } }));
        var spancontext_utils_1 = __webpack_require__(60639);
        Object.defineProperty(exports, "isSpanContextValid", ({ enumerable: true, get: function () { return spancontext_utils_1.isSpanContextValid; } }));
        Object.defineProperty(exports, "isValidTraceId", ({ enumerable: true, get: function () { return spancontext_utils_1.isValidTraceId; } }));
        Object.defineProperty(exports, "isValidSpanId", ({ enumerable: true, get: function () { return spancontext_utils_1.isValidSpanId; } }));
        var invalid_span_constants_1 = __webpack_require__(57088);
        Object.defineProperty(exports, "INVALID_SPANID", ({ enumerable: true, get: function () { return invalid_span_constants_1.INVALID_SPANID; } }));
        Object.defineProperty(exports, "INVALID_TRACEID", ({ enumerable: true, get: function () { return invalid_span_constants_1.INVALID_TRACEID; } }));
        Object.defineProperty(exports, "INVALID_SPAN_CONTEXT", ({ enumerable: true, get: function () { return invalid_span_constants_1.INVALID_SPAN_CONTEXT; } }));
        const context_api_1 = __webpack_require__(70244);
        Object.defineProperty(exports, "context", ({ enumerable: true, get: function () { return context_api_1.context; } }));
        const diag_api_1 = __webpack_require__(11414);
        Object.defineProperty(exports, "diag", ({ enumerable: true, get: function () { return diag_api_1.diag; } }));
        const metrics_api_1 = __webpack_require__(2053);
        Object.defineProperty(exports, "metrics", ({ enumerable: true, get: function () { return metrics_api_1.metrics; } }));
        const propagation_api_1 = __webpack_require__(16389);
        Object.defineProperty(exports, "propagation", ({ enumerable: true, get: function () { return propagation_api_1.propagation; } }));
        const trace_api_1 = __webpack_require__(56542);
        Object.defineProperty(exports, "trace", ({ enumerable: true, get: function () { return trace_api_1.trace; } }));
        exports["default"] = {
            context: context_api_1.context,
            diag: diag_api_1.diag,
            metrics: metrics_api_1.metrics,
            propagation: propagation_api_1.propagation,
            trace: trace_api_1.trace,
        };
    }),
    39923: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.unregisterGlobal = exports.getGlobal = exports.registerGlobal = void 0;
        const version_1 = __webpack_require__(59390);
        const semver_1 = __webpack_require__(45088);
        const major = version_1.VERSION.split('.')[0];
        const GLOBAL_OPENTELEMETRY_API_KEY = Symbol.for(`opentelemetry.js.api.${major}`);
        const _global = (typeof globalThis === 'object'
            ? globalThis
            : typeof self === 'object'
                ? self
                : typeof window === 'object'
                    ? window
                    : typeof global === 'object'
                        ? global
                        : {});
        function registerGlobal(type, instance, diag, allowOverride = false) {
            var _a;
            const api = (_global[GLOBAL_OPENTELEMETRY_API_KEY] = (_a = _global[GLOBAL_OPENTELEMETRY_API_KEY]) !== null && _a !== void 0 ? _a : {
                version: version_1.VERSION,
            });
            if (!allowOverride && api[type]) {
                const err = new Error(`@opentelemetry/api: Attempted duplicate registration of API: ${type}`);
                diag.error(err.stack || err.message);
                return false;
            }
            if (api.version !== version_1.VERSION) {
                const err = new Error(`@opentelemetry/api: Registration of version v${api.version} for ${type} does not match previously registered API v${version_1.VERSION}`);
                diag.error(err.stack || err.message);
                return false;
            }
            api[type] = instance;
            diag.debug(`@opentelemetry/api: Registered a global for ${type} v${version_1.VERSION}.`);
            return true;
        }
        exports.registerGlobal = registerGlobal;
        function getGlobal(type) {
            var _a, _b;
            const globalVersion = (_a = _global[GLOBAL_OPENTELEMETRY_API_KEY]) === null || _a === void 0 ? void 0 : _a.version;
            if (!globalVersion || !(0, semver_1.isCompatible)(globalVersion)) {
                return;
            }
            return (_b = _global[GLOBAL_OPENTELEMETRY_API_KEY]) === null || _b === void 0 ? void 0 : _b[type];
        }
        exports.getGlobal = getGlobal;
        function unregisterGlobal(type, diag) {
            diag.debug(`@opentelemetry/api: Unregistering a global for ${type} v${version_1.VERSION}.`);
            const api = _global[GLOBAL_OPENTELEMETRY_API_KEY];
            if (api) {
                delete api[type];
            }
        }
        exports.unregisterGlobal = unregisterGlobal;
    }),
    45088: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.isCompatible = exports._makeCompatibilityCheck = void 0;
        const version_1 = __webpack_require__(59390);
        const re = /^(\d+)\.(\d+)\.(\d+)(-(.+))?$/;
        function _makeCompatibilityCheck(ownVersion) {
            const acceptedVersions = new Set([ownVersion]);
            const rejectedVersions = new Set();
            const myVersionMatch = ownVersion.match(re);
            if (!myVersionMatch) {
                return () => false;
            }
            const ownVersionParsed = {
                major: +myVersionMatch[1],
                minor: +myVersionMatch[2],
                patch: +myVersionMatch[3],
                prerelease: myVersionMatch[4],
            };
            if (ownVersionParsed.prerelease != null) {
                return function isExactmatch(globalVersion) {
                    return globalVersion === ownVersion;
                };
            }
            function _reject(v) {
                rejectedVersions.add(v);
                return false;
            }
            function _accept(v) {
                acceptedVersions.add(v);
                return true;
            }
            return function isCompatible(globalVersion) {
                if (acceptedVersions.has(globalVersion)) {
                    return true;
                }
                if (rejectedVersions.has(globalVersion)) {
                    return false;
                }
                const globalVersionMatch = globalVersion.match(re);
                if (!globalVersionMatch) {
                    return _reject(globalVersion);
                }
                const globalVersionParsed = {
                    major: +globalVersionMatch[1],
                    minor: +globalVersionMatch[2],
                    patch: +globalVersionMatch[3],
                    prerelease: globalVersionMatch[4],
                };
                if (globalVersionParsed.prerelease != null) {
                    return _reject(globalVersion);
                }
                if (ownVersionParsed.major !== globalVersionParsed.major) {
                    return _reject(globalVersion);
                }
                if (ownVersionParsed.major === 0) {
                    if (ownVersionParsed.minor === globalVersionParsed.minor &&
                        ownVersionParsed.patch <= globalVersionParsed.patch) {
                        return _accept(globalVersion);
                    }
                    return _reject(globalVersion);
                }
                if (ownVersionParsed.minor <= globalVersionParsed.minor) {
                    return _accept(globalVersion);
                }
                return _reject(globalVersion);
            };
        }
        exports._makeCompatibilityCheck = _makeCompatibilityCheck;
        exports.isCompatible = _makeCompatibilityCheck(version_1.VERSION);
    }),
    2053: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.metrics = void 0;
        const metrics_1 = __webpack_require__(18692);
        exports.metrics = metrics_1.MetricsAPI.getInstance();
    }),
    73814: ((__unused_webpack_module, exports) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.ValueType = void 0;
        var ValueType;
        (function (ValueType) {
            ValueType[ValueType["INT"] = 0] = "INT";
            ValueType[ValueType["DOUBLE"] = 1] = "DOUBLE";
        })(ValueType = exports.ValueType || (exports.ValueType = {}));
    }),
    7017: ((__unused_webpack_module, exports) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.createNoopMeter = exports.NOOP_OBSERVABLE_UP_DOWN_COUNTER_METRIC = exports.NOOP_OBSERVABLE_GAUGE_METRIC = exports.NOOP_OBSERVABLE_COUNTER_METRIC = exports.NOOP_UP_DOWN_COUNTER_METRIC = exports.NOOP_HISTOGRAM_METRIC = exports.NOOP_GAUGE_METRIC = exports.NOOP_COUNTER_METRIC = exports.NOOP_METER = exports.NoopObservableUpDownCounterMetric = exports.NoopObservableGaugeMetric = exports.NoopObservableCounterMetric = exports.NoopObservableMetric = exports.NoopHistogramMetric = exports.NoopGaugeMetric = exports.NoopUpDownCounterMetric = exports.NoopCounterMetric = exports.NoopMetric = exports.NoopMeter = void 0;
        class NoopMeter {
            constructor() { }
            createGauge(_name, _options) {
                return exports.NOOP_GAUGE_METRIC;
            }
            createHistogram(_name, _options) {
                return exports.NOOP_HISTOGRAM_METRIC;
            }
            createCounter(_name, _options) {
                return exports.NOOP_COUNTER_METRIC;
            }
            createUpDownCounter(_name, _options) {
                return exports.NOOP_UP_DOWN_COUNTER_METRIC;
            }
            createObservableGauge(_name, _options) {
                return exports.NOOP_OBSERVABLE_GAUGE_METRIC;
            }
            createObservableCounter(_name, _options) {
                return exports.NOOP_OBSERVABLE_COUNTER_METRIC;
            }
            createObservableUpDownCounter(_name, _options) {
                return exports.NOOP_OBSERVABLE_UP_DOWN_COUNTER_METRIC;
            }
            addBatchObservableCallback(_callback, _observables) { }
            removeBatchObservableCallback(_callback) { }
        }
        exports.NoopMeter = NoopMeter;
        class NoopMetric {
        }
        exports.NoopMetric = NoopMetric;
        class NoopCounterMetric extends NoopMetric {
            add(_value, _attributes) { }
        }
        exports.NoopCounterMetric = NoopCounterMetric;
        class NoopUpDownCounterMetric extends NoopMetric {
            add(_value, _attributes) { }
        }
        exports.NoopUpDownCounterMetric = NoopUpDownCounterMetric;
        class NoopGaugeMetric extends NoopMetric {
            record(_value, _attributes) { }
        }
        exports.NoopGaugeMetric = NoopGaugeMetric;
        class NoopHistogramMetric extends NoopMetric {
            record(_value, _attributes) { }
        }
        exports.NoopHistogramMetric = NoopHistogramMetric;
        class NoopObservableMetric {
            addCallback(_callback) { }
            removeCallback(_callback) { }
        }
        exports.NoopObservableMetric = NoopObservableMetric;
        class NoopObservableCounterMetric extends NoopObservableMetric {
        }
        exports.NoopObservableCounterMetric = NoopObservableCounterMetric;
        class NoopObservableGaugeMetric extends NoopObservableMetric {
        }
        exports.NoopObservableGaugeMetric = NoopObservableGaugeMetric;
        class NoopObservableUpDownCounterMetric extends NoopObservableMetric {
        }
        exports.NoopObservableUpDownCounterMetric = NoopObservableUpDownCounterMetric;
        exports.NOOP_METER = new NoopMeter();
        exports.NOOP_COUNTER_METRIC = new NoopCounterMetric();
        exports.NOOP_GAUGE_METRIC = new NoopGaugeMetric();
        exports.NOOP_HISTOGRAM_METRIC = new NoopHistogramMetric();
        exports.NOOP_UP_DOWN_COUNTER_METRIC = new NoopUpDownCounterMetric();
        exports.NOOP_OBSERVABLE_COUNTER_METRIC = new NoopObservableCounterMetric();
        exports.NOOP_OBSERVABLE_GAUGE_METRIC = new NoopObservableGaugeMetric();
        exports.NOOP_OBSERVABLE_UP_DOWN_COUNTER_METRIC = new NoopObservableUpDownCounterMetric();
        function createNoopMeter() {
            return exports.NOOP_METER;
        }
        exports.createNoopMeter = createNoopMeter;
    }),
    12896: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.NOOP_METER_PROVIDER = exports.NoopMeterProvider = void 0;
        const NoopMeter_1 = __webpack_require__(7017);
        class NoopMeterProvider {
            getMeter(_name, _version, _options) {
                return NoopMeter_1.NOOP_METER;
            }
        }
        exports.NoopMeterProvider = NoopMeterProvider;
        exports.NOOP_METER_PROVIDER = new NoopMeterProvider();
    }),
    16389: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.propagation = void 0;
        const propagation_1 = __webpack_require__(7);
        exports.propagation = propagation_1.PropagationAPI.getInstance();
    }),
    54353: ((__unused_webpack_module, exports) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.NoopTextMapPropagator = void 0;
        class NoopTextMapPropagator {
            inject(_context, _carrier) { }
            extract(context, _carrier) {
                return context;
            }
            fields() {
                return [];
            }
        }
        exports.NoopTextMapPropagator = NoopTextMapPropagator;
    }),
    77865: ((__unused_webpack_module, exports) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.defaultTextMapSetter = exports.defaultTextMapGetter = void 0;
        exports.defaultTextMapGetter = {
            get(carrier, key) {
                if (carrier == null) {
                    return undefined;
                }
                return carrier[key];
            },
            keys(carrier) {
                if (carrier == null) {
                    return [];
                }
                return Object.keys(carrier);
            },
        };
        exports.defaultTextMapSetter = {
            set(carrier, key, value) {
                if (carrier == null) {
                    return;
                }
                carrier[key] = value;
            },
        };
    }),
    56542: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.trace = void 0;
        const trace_1 = __webpack_require__(24508);
        exports.trace = trace_1.TraceAPI.getInstance();
    }),
    47168: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.NonRecordingSpan = void 0;
        const invalid_span_constants_1 = __webpack_require__(57088);
        class NonRecordingSpan {
            constructor(spanContext = invalid_span_constants_1.INVALID_SPAN_CONTEXT) {
                this._spanContext = spanContext;
            }
            spanContext() {
                return this._spanContext;
            }
            setAttribute(_key, _value) {
                return this;
            }
            setAttributes(_attributes) {
                return this;
            }
            addEvent(_name, _attributes) {
                return this;
            }
            addLink(_link) {
                return this;
            }
            addLinks(_links) {
                return this;
            }
            setStatus(_status) {
                return this;
            }
            updateName(_name) {
                return this;
            }
            end(_endTime) { }
            isRecording() {
                return false;
            }
            recordException(_exception, _time) { }
        }
        exports.NonRecordingSpan = NonRecordingSpan;
    }),
    9051: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.NoopTracer = void 0;
        const context_1 = __webpack_require__(29750);
        const context_utils_1 = __webpack_require__(52771);
        const NonRecordingSpan_1 = __webpack_require__(47168);
        const spancontext_utils_1 = __webpack_require__(60639);
        const contextApi = context_1.ContextAPI.getInstance();
        class NoopTracer {
            startSpan(name, options, context = contextApi.active()) {
                const root = Boolean(options === null || options === void 0 ? void 0 : options.root);
                if (root) {
                    return new NonRecordingSpan_1.NonRecordingSpan();
                }
                const parentFromContext = context && (0, context_utils_1.getSpanContext)(context);
                if (isSpanContext(parentFromContext) &&
                    (0, spancontext_utils_1.isSpanContextValid)(parentFromContext)) {
                    return new NonRecordingSpan_1.NonRecordingSpan(parentFromContext);
                }
                else {
                    return new NonRecordingSpan_1.NonRecordingSpan();
                }
            }
            startActiveSpan(name, arg2, arg3, arg4) {
                let opts;
                let ctx;
                let fn;
                if (arguments.length < 2) {
                    return;
                }
                else if (arguments.length === 2) {
                    fn = arg2;
                }
                else if (arguments.length === 3) {
                    opts = arg2;
                    fn = arg3;
                }
                else {
                    opts = arg2;
                    ctx = arg3;
                    fn = arg4;
                }
                const parentContext = ctx !== null && ctx !== void 0 ? ctx : contextApi.active();
                const span = this.startSpan(name, opts, parentContext);
                const contextWithSpanSet = (0, context_utils_1.setSpan)(parentContext, span);
                return contextApi.with(contextWithSpanSet, fn, undefined, span);
            }
        }
        exports.NoopTracer = NoopTracer;
        function isSpanContext(spanContext) {
            return (spanContext !== null &&
                typeof spanContext === 'object' &&
                'spanId' in spanContext &&
                typeof spanContext['spanId'] === 'string' &&
                'traceId' in spanContext &&
                typeof spanContext['traceId'] === 'string' &&
                'traceFlags' in spanContext &&
                typeof spanContext['traceFlags'] === 'number');
        }
    }),
    94602: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.NoopTracerProvider = void 0;
        const NoopTracer_1 = __webpack_require__(9051);
        class NoopTracerProvider {
            getTracer(_name, _version, _options) {
                return new NoopTracer_1.NoopTracer();
            }
        }
        exports.NoopTracerProvider = NoopTracerProvider;
    }),
    4833: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.ProxyTracer = void 0;
        const NoopTracer_1 = __webpack_require__(9051);
        const NOOP_TRACER = new NoopTracer_1.NoopTracer();
        class ProxyTracer {
            constructor(provider, name, version, options) {
                this._provider = provider;
                this.name = name;
                this.version = version;
                this.options = options;
            }
            startSpan(name, options, context) {
                return this._getTracer().startSpan(name, options, context);
            }
            startActiveSpan(_name, _options, _context, _fn) {
                const tracer = this._getTracer();
                return Reflect.apply(tracer.startActiveSpan, tracer, arguments);
            }
            _getTracer() {
                if (this._delegate) {
                    return this._delegate;
                }
                const tracer = this._provider.getDelegateTracer(this.name, this.version, this.options);
                if (!tracer) {
                    return NOOP_TRACER;
                }
                this._delegate = tracer;
                return this._delegate;
            }
        }
        exports.ProxyTracer = ProxyTracer;
    }),
    20312: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.ProxyTracerProvider = void 0;
        const ProxyTracer_1 = __webpack_require__(4833);
        const NoopTracerProvider_1 = __webpack_require__(94602);
        const NOOP_TRACER_PROVIDER = new NoopTracerProvider_1.NoopTracerProvider();
        class ProxyTracerProvider {
            getTracer(name, version, options) {
                var _a;
                return ((_a = this.getDelegateTracer(name, version, options)) !== null && _a !== void 0 ? _a : new ProxyTracer_1.ProxyTracer(this, name, version, options));
            }
            getDelegate() {
                var _a;
                return (_a = this._delegate) !== null && _a !== void 0 ? _a : NOOP_TRACER_PROVIDER;
            }
            setDelegate(delegate) {
                this._delegate = delegate;
            }
            getDelegateTracer(name, version, options) {
                var _a;
                return (_a = this._delegate) === null || _a === void 0 ? void 0 : _a.getTracer(name, version, options);
            }
        }
        exports.ProxyTracerProvider = ProxyTracerProvider;
    }),
    80434: ((__unused_webpack_module, exports) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.SamplingDecision = void 0;
        var SamplingDecision;
        (function (SamplingDecision) {
            SamplingDecision[SamplingDecision["NOT_RECORD"] = 0] = "NOT_RECORD";
            SamplingDecision[SamplingDecision["RECORD"] = 1] = "RECORD";
            SamplingDecision[SamplingDecision["RECORD_AND_SAMPLED"] = 2] = "RECORD_AND_SAMPLED";
        })(SamplingDecision = exports.SamplingDecision || (exports.SamplingDecision = {}));
    }),
    52771: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.getSpanContext = exports.setSpanContext = exports.deleteSpan = exports.setSpan = exports.getActiveSpan = exports.getSpan = void 0;
        const context_1 = __webpack_require__(37977);
        const NonRecordingSpan_1 = __webpack_require__(47168);
        const context_2 = __webpack_require__(29750);
        const SPAN_KEY = (0, context_1.createContextKey)('OpenTelemetry Context Key SPAN');
        function getSpan(context) {
            return context.getValue(SPAN_KEY) || undefined;
        }
        exports.getSpan = getSpan;
        function getActiveSpan() {
            return getSpan(context_2.ContextAPI.getInstance().active());
        }
        exports.getActiveSpan = getActiveSpan;
        function setSpan(context, span) {
            return context.setValue(SPAN_KEY, span);
        }
        exports.setSpan = setSpan;
        function deleteSpan(context) {
            return context.deleteValue(SPAN_KEY);
        }
        exports.deleteSpan = deleteSpan;
        function setSpanContext(context, spanContext) {
            return setSpan(context, new NonRecordingSpan_1.NonRecordingSpan(spanContext));
        }
        exports.setSpanContext = setSpanContext;
        function getSpanContext(context) {
            var _a;
            return (_a = getSpan(context)) === null || _a === void 0 ? void 0 : _a.spanContext();
        }
        exports.getSpanContext = getSpanContext;
    }),
    77903: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.TraceStateImpl = void 0;
        const tracestate_validators_1 = __webpack_require__(95618);
        const MAX_TRACE_STATE_ITEMS = 32;
        const MAX_TRACE_STATE_LEN = 512;
        const LIST_MEMBERS_SEPARATOR = ',';
        const LIST_MEMBER_KEY_VALUE_SPLITTER = '=';
        class TraceStateImpl {
            constructor(rawTraceState) {
                this._internalState = new Map();
                if (rawTraceState)
                    this._parse(rawTraceState);
            }
            set(key, value) {
                const traceState = this._clone();
                if (traceState._internalState.has(key)) {
                    traceState._internalState.delete(key);
                }
                traceState._internalState.set(key, value);
                return traceState;
            }
            unset(key) {
                const traceState = this._clone();
                traceState._internalState.delete(key);
                return traceState;
            }
            get(key) {
                return this._internalState.get(key);
            }
            serialize() {
                return (Array.from(this._internalState.keys())
                    .reduceRight((agg, key) => {
                    agg.push(key + LIST_MEMBER_KEY_VALUE_SPLITTER + this.get(key));
                    return agg;
                }, [])
                    .join(LIST_MEMBERS_SEPARATOR));
            }
            _parse(rawTraceState) {
                if (rawTraceState.length > MAX_TRACE_STATE_LEN)
                    return;
                this._internalState = rawTraceState
                    .split(LIST_MEMBERS_SEPARATOR)
                    .reduceRight((agg, part) => {
                    const listMember = part.trim();
                    const i = listMember.indexOf(LIST_MEMBER_KEY_VALUE_SPLITTER);
                    if (i !== -1) {
                        const key = listMember.slice(0, i);
                        const value = listMember.slice(i + 1, part.length);
                        if ((0, tracestate_validators_1.validateKey)(key) && (0, tracestate_validators_1.validateValue)(value)) {
                            agg.set(key, value);
                        }
                        else {
                        }
                    }
                    return agg;
                }, new Map());
                if (this._internalState.size > MAX_TRACE_STATE_ITEMS) {
                    this._internalState = new Map(Array.from(this._internalState.entries())
                        .reverse()
                        .slice(0, MAX_TRACE_STATE_ITEMS));
                }
            }
            _keys() {
                return Array.from(this._internalState.keys()).reverse();
            }
            _clone() {
                const traceState = new TraceStateImpl();
                traceState._internalState = new Map(this._internalState);
                return traceState;
            }
        }
        exports.TraceStateImpl = TraceStateImpl;
    }),
    95618: ((__unused_webpack_module, exports) => {
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
    90969: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.createTraceState = void 0;
        const tracestate_impl_1 = __webpack_require__(77903);
        function createTraceState(rawTraceState) {
            return new tracestate_impl_1.TraceStateImpl(rawTraceState);
        }
        exports.createTraceState = createTraceState;
    }),
    57088: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.INVALID_SPAN_CONTEXT = exports.INVALID_TRACEID = exports.INVALID_SPANID = void 0;
        const trace_flags_1 = __webpack_require__(47221);
        exports.INVALID_SPANID = '0000000000000000';
        exports.INVALID_TRACEID = '00000000000000000000000000000000';
        exports.INVALID_SPAN_CONTEXT = {
            traceId: exports.INVALID_TRACEID,
            spanId: exports.INVALID_SPANID,
            traceFlags: trace_flags_1.TraceFlags.NONE,
        };
    }),
    42347: ((__unused_webpack_module, exports) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.SpanKind = void 0;
        var SpanKind;
        (function (SpanKind) {
            SpanKind[SpanKind["INTERNAL"] = 0] = "INTERNAL";
            SpanKind[SpanKind["SERVER"] = 1] = "SERVER";
            SpanKind[SpanKind["CLIENT"] = 2] = "CLIENT";
            SpanKind[SpanKind["PRODUCER"] = 3] = "PRODUCER";
            SpanKind[SpanKind["CONSUMER"] = 4] = "CONSUMER";
        })(SpanKind = exports.SpanKind || (exports.SpanKind = {}));
    }),
    60639: ((__unused_webpack_module, exports, __webpack_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.wrapSpanContext = exports.isSpanContextValid = exports.isValidSpanId = exports.isValidTraceId = void 0;
        const invalid_span_constants_1 = __webpack_require__(57088);
        const NonRecordingSpan_1 = __webpack_require__(47168);
        const isHex = new Uint8Array([
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1,
            1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0,
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1,
        ]);
        function isValidHex(id, length) {
            if (typeof id !== 'string' || id.length !== length)
                return false;
            let r = 0;
            for (let i = 0; i < id.length; i += 4) {
                r +=
                    (isHex[id.charCodeAt(i)] | 0) +
                        (isHex[id.charCodeAt(i + 1)] | 0) +
                        (isHex[id.charCodeAt(i + 2)] | 0) +
                        (isHex[id.charCodeAt(i + 3)] | 0);
            }
            return r === length;
        }
        function isValidTraceId(traceId) {
            return isValidHex(traceId, 32) && traceId !== invalid_span_constants_1.INVALID_TRACEID;
        }
        exports.isValidTraceId = isValidTraceId;
        function isValidSpanId(spanId) {
            return isValidHex(spanId, 16) && spanId !== invalid_span_constants_1.INVALID_SPANID;
        }
        exports.isValidSpanId = isValidSpanId;
        function isSpanContextValid(spanContext) {
            return (isValidTraceId(spanContext.traceId) && isValidSpanId(spanContext.spanId));
        }
        exports.isSpanContextValid = isSpanContextValid;
        function wrapSpanContext(spanContext) {
            return new NonRecordingSpan_1.NonRecordingSpan(spanContext);
        }
        exports.wrapSpanContext = wrapSpanContext;
    }),
    61524: ((__unused_webpack_module, exports) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.SpanStatusCode = void 0;
        var SpanStatusCode;
        (function (SpanStatusCode) {
            SpanStatusCode[SpanStatusCode["UNSET"] = 0] = "UNSET";
            SpanStatusCode[SpanStatusCode["OK"] = 1] = "OK";
            SpanStatusCode[SpanStatusCode["ERROR"] = 2] = "ERROR";
        })(SpanStatusCode = exports.SpanStatusCode || (exports.SpanStatusCode = {}));
    }),
    47221: ((__unused_webpack_module, exports) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.TraceFlags = void 0;
        var TraceFlags;
        (function (TraceFlags) {
            TraceFlags[TraceFlags["NONE"] = 0] = "NONE";
            TraceFlags[TraceFlags["SAMPLED"] = 1] = "SAMPLED";
        })(TraceFlags = exports.TraceFlags || (exports.TraceFlags = {}));
    }),
    59390: ((__unused_webpack_module, exports) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.VERSION = void 0;
        exports.VERSION = '1.9.1';
    }),
    50100: ((__unused_webpack_module, exports) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.hexToBinary = void 0;
        function intValue(charCode) {
            if (charCode >= 48 && charCode <= 57) {
                return charCode - 48;
            }
            if (charCode >= 97 && charCode <= 102) {
                return charCode - 87;
            }
            return charCode - 55;
        }
        function hexToBinary(hexStr) {
            const buf = new Uint8Array(hexStr.length / 2);
            let offset = 0;
            for (let i = 0; i < hexStr.length; i += 2) {
                const hi = intValue(hexStr.charCodeAt(i));
                const lo = intValue(hexStr.charCodeAt(i + 1));
                buf[offset++] = (hi << 4) | lo;
            }
            return buf;
        }
        exports.hexToBinary = hexToBinary;
    })
};
