<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Labeling|Temporal" labelsEnabled="1">
<temporal enabled="1" mode="4" limitMode="1" startField="valid_from" endField="valid_to" startExpression="to_datetime(valid_from)" endExpression="coalesce(to_datetime(valid_to), make_datetime(9999, 12, 31, 0, 0, 0))" durationUnit="d"/>
<renderer-v2 type="categorizedSymbol" attr="status">
<categories>
<category label="Taliban" value="taliban" symbol="0" render="true"/>
<category label="Contested or conflicting claims" value="contested" symbol="1" render="true"/>
<category label="Claimed by the Taliban only" value="claimed_taliban" symbol="2" render="true"/>
<category label="Claimed by the government only" value="claimed_government" symbol="3" render="true"/>
<category label="Government" value="government" symbol="4" render="true"/>
</categories>
<symbols>
<symbol type="marker" name="0" clip_to_extent="1">
<layer class="SimpleMarker" enabled="1">
<Option type="Map">
<Option type="QString" name="name" value="circle"/>
<Option type="QString" name="color" value="180,71,46,255"/>
<Option type="QString" name="outline_color" value="29,27,24,255"/>
<Option type="QString" name="outline_width" value="0.29"/>
<Option type="QString" name="size" value="2.117"/>
</Option>
<data_defined_properties>
<Option type="Map">
<Option type="Map" name="properties">
<Option type="Map" name="size">
<Option type="bool" name="active" value="true"/>
<Option type="QString" name="expression" value="if(level = 'capital', 2.752, 2.117)"/>
<Option type="int" name="type" value="3"/>
</Option>
</Option>
</Option>
</data_defined_properties>
</layer>
</symbol>
<symbol type="marker" name="1" clip_to_extent="1">
<layer class="SimpleMarker" enabled="1">
<Option type="Map">
<Option type="QString" name="name" value="circle"/>
<Option type="QString" name="color" value="244,223,189,255"/>
<Option type="QString" name="outline_color" value="29,27,24,255"/>
<Option type="QString" name="outline_width" value="0.29"/>
<Option type="QString" name="size" value="2.117"/>
</Option>
<data_defined_properties>
<Option type="Map">
<Option type="Map" name="properties">
<Option type="Map" name="size">
<Option type="bool" name="active" value="true"/>
<Option type="QString" name="expression" value="if(level = 'capital', 2.752, 2.117)"/>
<Option type="int" name="type" value="3"/>
</Option>
</Option>
</Option>
</data_defined_properties>
</layer>
</symbol>
<symbol type="marker" name="2" clip_to_extent="1">
<layer class="SimpleMarker" enabled="1">
<Option type="Map">
<Option type="QString" name="name" value="circle"/>
<Option type="QString" name="color" value="247,245,240,255"/>
<Option type="QString" name="outline_color" value="29,27,24,255"/>
<Option type="QString" name="outline_width" value="0.29"/>
<Option type="QString" name="size" value="2.117"/>
</Option>
<data_defined_properties>
<Option type="Map">
<Option type="Map" name="properties">
<Option type="Map" name="size">
<Option type="bool" name="active" value="true"/>
<Option type="QString" name="expression" value="if(level = 'capital', 2.752, 2.117)"/>
<Option type="int" name="type" value="3"/>
</Option>
</Option>
</Option>
</data_defined_properties>
</layer>
</symbol>
<symbol type="marker" name="3" clip_to_extent="1">
<layer class="SimpleMarker" enabled="1">
<Option type="Map">
<Option type="QString" name="name" value="circle"/>
<Option type="QString" name="color" value="247,245,240,255"/>
<Option type="QString" name="outline_color" value="29,27,24,255"/>
<Option type="QString" name="outline_width" value="0.29"/>
<Option type="QString" name="size" value="2.117"/>
</Option>
<data_defined_properties>
<Option type="Map">
<Option type="Map" name="properties">
<Option type="Map" name="size">
<Option type="bool" name="active" value="true"/>
<Option type="QString" name="expression" value="if(level = 'capital', 2.752, 2.117)"/>
<Option type="int" name="type" value="3"/>
</Option>
</Option>
</Option>
</data_defined_properties>
</layer>
</symbol>
<symbol type="marker" name="4" clip_to_extent="1">
<layer class="SimpleMarker" enabled="1">
<Option type="Map">
<Option type="QString" name="name" value="circle"/>
<Option type="QString" name="color" value="157,189,214,255"/>
<Option type="QString" name="outline_color" value="29,27,24,255"/>
<Option type="QString" name="outline_width" value="0.29"/>
<Option type="QString" name="size" value="2.117"/>
</Option>
<data_defined_properties>
<Option type="Map">
<Option type="Map" name="properties">
<Option type="Map" name="size">
<Option type="bool" name="active" value="true"/>
<Option type="QString" name="expression" value="if(level = 'capital', 2.752, 2.117)"/>
<Option type="int" name="type" value="3"/>
</Option>
</Option>
</Option>
</data_defined_properties>
</layer>
</symbol>
</symbols>
</renderer-v2>
<labeling type="simple">
<settings>
<text-style fieldName="if(status &lt;&gt; 'unknown', name, NULL)" isExpression="1" fontSize="8.5" fontSizeUnit="Point" fontWeight="63" textColor="29,27,24,255" textOpacity="1">
<text-buffer bufferDraw="1" bufferSize="0.397" bufferSizeUnits="MM" bufferColor="247,245,240,255" bufferOpacity="0.86" bufferJoinStyle="128" bufferNoFill="1"/>
</text-style>
<placement placement="6" predefinedPositionOrder="R,L,TR,BR,TL,BL,TSR,BSR" offsetType="1" dist="0.529" distUnits="MM" priority="7"/>
<rendering drawLabels="1" obstacle="1"/>
</settings>
</labeling>
</qgis>
